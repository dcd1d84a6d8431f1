// Room directions that the linter cannot see: it checks imports (.oxlintrc.json), but not the address of a worker.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'

/**
 * Files a source file names by `new URL('…', import.meta.url)`, relative to the same root as `file`.
 * @param {string} file path below `app/`: `worker/client.ts`
 * @param {string} source
 */
function urlTargets(file, source) {
  return [...source.matchAll(/new URL\(\s*['"`]([^'"`]+)['"`]\s*,\s*import\.meta\.url/g)].map((match) =>
    normalize(join(dirname(file), match[1] ?? '')).replaceAll(sep, '/'),
  )
}

/**
 * Says which files reach into another room by `new URL(…)`: a worker belongs to the room that starts it.
 * The composition root (`main`, `main.tsx`, `api.ts`) may reach all of them.
 * @param {string} app the folder of the rooms
 * @returns {string[]} one sentence per fault
 */
export function findForeignUrls(app) {
  return readdirSync(app, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => foreignUrls(file, readFileSync(join(app, file), 'utf8')))
}

/**
 * @param {string} file
 * @param {string} source
 */
export function foreignUrls(file, source) {
  const room = roomOf(file)
  if (room === undefined || room === 'main') return []
  return urlTargets(file, source)
    .filter((target) => !target.startsWith('../') && roomOf(target) !== room)
    .map((target) => `app/${file} reaches app/${target} by URL: a worker belongs to the room that starts it.`)
}

/** @param {string} file */
function roomOf(file) {
  const [room, ...rest] = file.split(/[/\\]/)
  return rest.length > 0 ? room : undefined
}
