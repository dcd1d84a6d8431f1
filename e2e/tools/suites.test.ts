import { expect, test } from 'vitest'
import { nightlyTest } from './suites.mjs'

// Put together, so that this file does not pass for one with nightly tests.
const tag = ['@', 'nightly'].join('')

test('a nightly test is found on the line of its call and below it', () => {
  expect(nightlyTest.test(`test('waits ${tag}', () => {})`)).toBe(true)
  expect(nightlyTest.test(`test.describe("${tag} waits", () => {})`)).toBe(true)
  expect(nightlyTest.test(`  test(\n    'waits ${tag}',\n    { timeout: 7 },\n    async () => {},\n  )`)).toBe(true)
})

test('a file that only speaks of nightly tests has none', () => {
  expect(nightlyTest.test(`// a test with ${tag} in its name`)).toBe(false)
  expect(nightlyTest.test(`test('waits', () => {\n  expect(report).toContain('${tag}')\n})`)).toBe(false)
})
