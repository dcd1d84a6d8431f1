// `npm test`: all tests, or some of them:
//   npm test -- --unit                 one suite (--unit, --gpu, --e2e; several may be named)
//   npm test -- app/nn drag            test files whose path contains one of the words
//   npm test -- --nightly              the tests with @nightly in their name, and only those
import { parseArgs } from 'node:util'
import { ensureBrowser, proveWebgpu } from './browser.mjs'
import { filesOf, suites } from './suites.mjs'

const slowestShown = 5

/** @typedef {import('./reports.mjs').TestOutcome} TestOutcome */

/** @param {readonly string[]} commandLine */
function readChoices(commandLine) {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false })
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    options: { unit: flag, gpu: flag, e2e: flag, nightly: flag },
    allowPositionals: true,
  })
  const named = suites.filter(({ name }) => values[/** @type {'unit' | 'gpu' | 'e2e'} */ (name)])
  /** @type {import('./suites.mjs').Choice} */
  const choice = values.nightly ? 'nightly' : 'daily'
  const chosen = named.length > 0 ? named : suites
  // Asked for everything, an empty suite is a fault; asked for some, only the files that were meant run.
  const everything = named.length === 0 && positionals.length === 0 && choice === 'daily'
  const plans = chosen.map((suite) => ({ suite, files: filesOf(suite, positionals, choice) }))
  return { choice, plans: everything ? plans : plans.filter(({ files }) => files.length > 0) }
}

/**
 * @param {{ suite: import('./suites.mjs').Suite, files: string[] }} plan
 * @param {'daily' | 'nightly'} choice
 * @returns {Promise<TestOutcome[]>} with at least one failure if anything went wrong
 */
async function runSuite({ suite, files }, choice) {
  console.log(`\n── ${suite.name}: ${files.length} files`)
  const start = performance.now()
  const { status, outcomes } = files.length > 0 ? await suite.run(files, choice) : { status: 0, outcomes: [] }
  console.log(`── ${suite.name} took ${seconds(performance.now() - start)}`)
  if (outcomes.length === 0) return [failure(`suite ${suite.name} ran no test`)]
  const silentFault = status !== 0 && outcomes.every(({ passed }) => passed)
  return silentFault ? [...outcomes, failure(`suite ${suite.name} ended with status ${status}`)] : outcomes
}

/**
 * @param {string} name
 * @returns {TestOutcome}
 */
function failure(name) {
  return { name, passed: false, millis: 0 }
}

/** @param {readonly TestOutcome[]} outcomes */
function summarise(outcomes) {
  console.log(`\nThe ${slowestShown} slowest tests:`)
  for (const { name, millis } of outcomes.toSorted((a, b) => b.millis - a.millis).slice(0, slowestShown)) {
    console.log(`  ${seconds(millis).padStart(8)}  ${name}`)
  }
  const failed = outcomes.filter(({ passed }) => !passed)
  if (failed.length > 0) console.log('\nFailed:')
  for (const { name } of failed) console.log(`  ${name}`)
  console.log(`\n${outcomes.length - failed.length} passed, ${failed.length} failed`)
  return failed.length === 0
}

/** @param {number} millis */
function seconds(millis) {
  return `${(millis / 1000).toFixed(1)} s`
}

const { choice, plans } = readChoices(process.argv.slice(2))
if (plans.length === 0) {
  console.error('No test file is meant by these words.')
  process.exit(1)
}
try {
  if (plans.some(({ suite }) => suite.name !== 'unit')) {
    console.log(`Browser: ${await ensureBrowser()}`)
    console.log(`WebGPU: ${await proveWebgpu()}`)
  }
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause)
  process.exit(summarise([failure('a browser with WebGPU')]) ? 0 : 1)
}
/** @type {TestOutcome[]} */
const outcomes = []
for (const plan of plans) outcomes.push(...(await runSuite(plan, choice)))
process.exit(summarise(outcomes) ? 0 : 1)
