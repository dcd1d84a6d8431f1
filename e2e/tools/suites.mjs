// The three suites of tests and how each is run.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort, repositoryRoot, runTool } from './programs.mjs'
import { readPlaywrightReport, readReport, readVitestReport } from './reports.mjs'

/** @typedef {import('./reports.mjs').TestOutcome} TestOutcome */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {(file: string) => boolean} owns whether a file of the repository holds tests of this suite
 * @property {(files: readonly string[], choice: Choice) => Promise<{ status: number, outcomes: TestOutcome[] }>} run
 */

/** @typedef {'daily' | 'nightly'} Choice tests with @nightly in their name take too long for every day */

/**
 * The beginning of a test with @nightly in its name, on the line of the call or the next; other files only speak of
 * such tests.
 */
export const nightlyTest = /\b(?:test|it|describe)\b[.\w]*\(\s*['"`].*@nightly/

/** @type {readonly Suite[]} */
export const suites = [
  {
    name: 'unit',
    owns: (file) => /^(app\/.*|e2e\/(tools|bench)\/[^/]*)\.test\.tsx?$/.test(file) && !file.includes('.gpu.test.'),
    run: (files, choice) => runVitest('unit', files, choice),
  },
  {
    name: 'gpu',
    owns: (file) => /^(app|e2e\/claims)\/.*\.gpu\.test\.ts$/.test(file),
    run: (files, choice) => runVitest('gpu', files, choice),
  },
  {
    name: 'e2e',
    owns: (file) => /^e2e\/journeys\/.*\.spec\.ts$/.test(file),
    run: runPlaywright,
  },
]

/**
 * Files of a suite.
 * @param {Suite} suite
 * @param {readonly string[]} filters parts of paths; none means all files
 * @param {Choice} choice
 */
export function filesOf(suite, filters, choice) {
  return ['app', 'e2e/tools', 'e2e/bench', 'e2e/claims', 'e2e/journeys']
    .filter((folder) => existsSync(join(repositoryRoot, folder)))
    .flatMap((folder) =>
      readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file}`,
      ),
    )
    .filter((file) => suite.owns(file))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .filter((file) => choice === 'daily' || nightlyTest.test(readFileSync(join(repositoryRoot, file), 'utf8')))
    .toSorted()
}

/**
 * @param {string} project
 * @param {readonly string[]} files
 * @param {Choice} choice
 */
async function runVitest(project, files, choice) {
  const report = reportFile(project)
  const names = choice === 'daily' ? '^((?!@nightly).)*$' : '@nightly'
  const status = await runTool('vitest', [
    'run',
    `--project=${project}`,
    `--testNamePattern=${names}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...files,
  ])
  return { status, outcomes: readReport(report, readVitestReport) }
}

/**
 * @param {readonly string[]} files
 * @param {Choice} choice
 */
async function runPlaywright(files, choice) {
  const built = await runTool('vite', ['build', '--logLevel=warn'])
  if (built !== 0) return { status: built, outcomes: [] }
  const report = reportFile('e2e')
  const status = await runTool(
    'playwright',
    [
      'test',
      '--config=e2e/playwright.config.ts',
      choice === 'daily' ? '--grep-invert' : '--grep',
      '@nightly',
      ...files,
    ],
    {
      env: {
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        SATURASCOPE_PREVIEW_PORT: String(await findFreePort()),
        SATURASCOPE_DEV_PORT: String(await findFreePort()),
      },
    },
  )
  return { status, outcomes: readReport(report, readPlaywrightReport) }
}

/** @param {string} suite */
function reportFile(suite) {
  const file = join(repositoryRoot, 'test-results', `${suite}.json`)
  rmSync(file, { force: true })
  return file
}
