import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readPlaywrightReport, readReport, readVitestReport } from './reports.mjs'

describe('a report of Vitest', () => {
  const file = (status: string, tests: readonly [name: string, status: string, duration?: number][]) => ({
    name: 'app/a.test.ts',
    status,
    message: '',
    assertionResults: tests.map(([fullName, state, duration]) => ({
      fullName,
      status: state,
      ...(duration === undefined ? {} : { duration }),
    })),
  })

  test('counts what ran and leaves out what was not chosen', () => {
    const tests = file('passed', [
      ['adds', 'passed', 12],
      ['waits @nightly', 'skipped'],
      ['also waits', 'pending'],
    ])
    expect(readVitestReport({ testResults: [tests] })).toEqual([{ name: 'adds', passed: true, millis: 12 }])
  })

  test('counts a failed test once, and a file that could not run as a failure of its own', () => {
    const failed = file('failed', [['adds', 'failed', 3]])
    const broken = file('failed', [])
    const outcomes = readVitestReport({ testResults: [failed, broken] })
    expect(outcomes.map(({ name, passed }) => [name, passed])).toEqual([
      ['adds', false],
      ['app/a.test.ts could not run', false],
    ])
  })
})

describe('a report of Playwright', () => {
  const spec = (title: string, status: string, durations: readonly number[]) => ({
    title,
    ok: status === 'expected',
    tests: [{ status, results: durations.map((duration) => ({ duration })) }],
  })
  const suites = [
    {
      title: 'main.spec.ts',
      specs: [spec('opens', 'expected', [100])],
      suites: [
        {
          title: 'files',
          specs: [spec('reads', 'unexpected', [5]), spec('retried', 'flaky', [1, 2]), spec('left out', 'skipped', [])],
        },
      ],
    },
  ]

  test('is read through all levels; what passed only at the second trial has failed', () => {
    expect(readPlaywrightReport({ suites, errors: [] })).toEqual([
      { name: 'main.spec.ts › opens', passed: true, millis: 100 },
      { name: 'main.spec.ts › files › reads', passed: false, millis: 5 },
      { name: 'main.spec.ts › files › retried', passed: false, millis: 3 },
    ])
  })

  test('turns an error outside every test into a failure', () => {
    const outcomes = readPlaywrightReport({ suites: [], errors: [{ message: 'the server did not start\nmore' }] })
    expect(outcomes).toEqual([{ name: 'the server did not start', passed: false, millis: 0 }])
  })
})

describe('a report file', () => {
  test('that is missing is a failure', () => {
    expect(readReport('nowhere.json', () => [])).toMatchObject([{ passed: false }])
  })

  test('is handed to its reader', () => {
    const folder = mkdtempSync(join(tmpdir(), 'report-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'unit.json'), '{"testResults":[]}')
    expect(readReport(join(folder, 'unit.json'), readVitestReport)).toEqual([])
  })
})
