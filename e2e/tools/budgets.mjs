// What a visitor downloads before anything moves: the page's own files and the training worker's, compressed.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Ceilings in bytes after gzip; 1 kB = 1000 bytes. A third of the worker are shaders, which it compiles as they are needed. */
const budgets = { page: 260_000, worker: 105_000 }

/**
 * Files of a build that load without being asked for later, with everything they import statically.
 * @param {string} dist folder of the build
 * @returns {{ page: string[], worker: string[] }} paths below `dist`
 */
export function initialFiles(dist) {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)]
  const workers = readdirSync(join(dist, 'assets')).filter((file) => /^training\.worker-.*\.js$/.test(file))
  return {
    page: withStaticImports(
      dist,
      named.map((match) => match[1] ?? ''),
    ),
    worker: withStaticImports(
      dist,
      workers.map((file) => `assets/${file}`),
    ),
  }
}

/**
 * @param {string} dist
 * @param {readonly string[]} entries
 */
function withStaticImports(dist, entries) {
  const reached = new Set(entries)
  for (const file of reached) {
    if (!file.endsWith('.js')) continue
    for (const name of staticImports(readFileSync(join(dist, file), 'utf8'))) reached.add(`assets/${name}`)
  }
  return [...reached]
}

/**
 * File names in `import … from "./x.js"`, `import "./x.js"` and `export … from "./x.js"` of a minified module; all
 * chunks of a build lie in one folder. `import("./x.js")` loads later and does not count.
 * @param {string} code
 */
export function staticImports(code) {
  const statements = /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w$*{}\s,"-]*?\bfrom\s*)?["'](\.\/[^"']+\.js)["']/g
  return [...code.matchAll(statements)].map((match) => basename(match[1] ?? ''))
}

/**
 * Sizes of a build against the budgets.
 * @param {string} dist
 * @returns {{ part: string, bytes: number, budget: number, files: { file: string, bytes: number }[] }[]}
 */
export function measureBudgets(dist) {
  const parts = initialFiles(dist)
  return /** @type {const} */ (['page', 'worker']).map((part) => {
    const files = parts[part].map((file) => ({ file, bytes: gzipSync(readFileSync(join(dist, file))).length }))
    return { part, budget: budgets[part], bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files }
  })
}
