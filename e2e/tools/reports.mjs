// Reads what the two test runners report, in one form.
import { existsSync, readFileSync } from 'node:fs'

/** @typedef {{ name: string, passed: boolean, millis: number }} TestOutcome */

/**
 * @typedef {object} VitestReport
 * @property {{ assertionResults: { fullName: string, status: string, duration?: number | null }[], name: string, status: string, message: string }[]} testResults
 */

/**
 * Outcomes of Vitest's JSON report; tests that did not run are left out, files that could not be loaded count as failed.
 * @param {VitestReport} report
 * @returns {TestOutcome[]}
 */
export function readVitestReport({ testResults }) {
  return testResults.flatMap(({ assertionResults, name, status }) => {
    const ran = assertionResults
      .filter((test) => test.status === 'passed' || test.status === 'failed')
      .map((test) => ({ name: test.fullName, passed: test.status === 'passed', millis: test.duration ?? 0 }))
    const broken = status === 'failed' && ran.every(({ passed }) => passed)
    return broken ? [...ran, { name: `${name} could not run`, passed: false, millis: 0 }] : ran
  })
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ title: string, ok: boolean, tests: { status: string, results: { duration: number }[] }[] }[]} [specs]
 */

/**
 * Outcomes of Playwright's JSON report; a test that passed only when tried again counts as failed.
 * @param {{ suites: PlaywrightSuite[], errors: { message?: string }[] }} report
 * @returns {TestOutcome[]}
 */
export function readPlaywrightReport({ suites, errors }) {
  return [
    ...suites.flatMap((suite) => outcomesOf(suite, [])),
    ...errors.map(({ message }) => ({ name: message?.split('\n')[0] ?? 'unknown error', passed: false, millis: 0 })),
  ]
}

/**
 * @param {PlaywrightSuite} suite
 * @param {readonly string[]} above
 * @returns {TestOutcome[]}
 */
function outcomesOf({ title, suites = [], specs = [] }, above) {
  const titles = [...above, title]
  const own = specs.flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status !== 'skipped')
      .map(({ status, results }) => ({
        name: [...titles, spec.title].join(' › '),
        passed: status === 'expected',
        millis: results.reduce((sum, { duration }) => sum + duration, 0),
      })),
  )
  return [...own, ...suites.flatMap((suite) => outcomesOf(suite, titles))]
}

/**
 * @template Report
 * @param {string} file
 * @param {(report: Report) => TestOutcome[]} read
 * @returns {TestOutcome[]} one failure where the runner left no report
 */
export function readReport(file, read) {
  if (!existsSync(file)) return [{ name: `${file} was not written: the runner broke off`, passed: false, millis: 0 }]
  return read(JSON.parse(readFileSync(file, 'utf8')))
}
