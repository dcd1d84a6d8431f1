// `npm run check`: everything that can be said without running the app. Stops at the first fault.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureBudgets } from './budgets.mjs'
import { repositoryRoot, runTool } from './programs.mjs'
import { findForeignUrls } from './rooms.mjs'

const packageFiles = ['.', 'e2e/bench/peers'].flatMap((folder) =>
  ['package.json', 'package-lock.json', '.npmrc'].map((file) => `${folder}/${file}`),
)

/** @typedef {{ name: string, run: () => Promise<boolean> | boolean }} Stage */

/** @type {readonly Stage[]} */
const stages = [
  { name: 'types', run: () => tool('tsc', '--noEmit') },
  { name: 'lint', run: () => tool('oxlint') },
  { name: 'room directions of workers', run: () => noFaults(findForeignUrls(join(repositoryRoot, 'app'))) },
  { name: 'format', run: () => tool('oxfmt', '--check') },
  { name: 'dead code', run: () => tool('knip') },
  { name: 'registry hosts', run: () => noFaults(findRegistryHosts()) },
  { name: 'build', run: () => tool('vite', 'build') },
  { name: 'size', run: checkBudgets },
]

/**
 * @param {string} name
 * @param {...string} toolArguments
 */
async function tool(name, ...toolArguments) {
  return (await runTool(name, toolArguments)) === 0
}

/** @param {readonly string[]} faults */
function noFaults(faults) {
  for (const fault of faults) console.error(fault)
  return faults.length === 0
}

/** A lockfile that names a registry host would tie every install to that host. */
function findRegistryHosts() {
  return packageFiles
    .filter((file) => existsSync(join(repositoryRoot, file)))
    .flatMap((file) => {
      const lines = readFileSync(join(repositoryRoot, file), 'utf8').split('\n')
      return lines.flatMap((line, index) =>
        /"resolved":|registry\s*=|\/\/registry\./.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      )
    })
}

function checkBudgets() {
  const parts = measureBudgets(join(repositoryRoot, 'dist'))
  for (const { part, bytes, budget, files } of parts) {
    console.log(`${part}: ${kilobytes(bytes)} of ${kilobytes(budget)} after gzip${bytes > budget ? '  TOO MUCH' : ''}`)
    for (const file of files) console.log(`  ${kilobytes(file.bytes).padStart(9)}  ${file.file}`)
  }
  return noFaults(
    parts
      .filter(({ bytes, budget, files }) => bytes > budget || files.length === 0)
      .map(({ part, files }) => `The ${part} ${files.length === 0 ? 'was not found in the build' : 'is too large'}.`),
  )
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`
}

for (const { name, run } of stages) {
  console.log(`\n── ${name}`)
  const start = performance.now()
  const passed = await run()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  if (!passed) {
    console.error(`\ncheck failed: ${name} (${seconds} s)`)
    process.exit(1)
  }
  console.log(`passed in ${seconds} s`)
}
console.log('\nAll checks passed.')
