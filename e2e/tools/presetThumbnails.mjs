// `npm run thumbnails`: trains every preset that was changed and records what its card in the gallery shows.
//   npm run thumbnails -- --all        trains all of them, as after a change of what training computes
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createServer } from 'vite'
import { repositoryRoot, runTool } from './programs.mjs'

const file = join(repositoryRoot, 'app/ui/gallery/thumbnails.json')
const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } })

/** @type {Record<string, import('../../app/ui/gallery/thumbnails').Thumbnail>} */
const known = existsSync(file) && !values.all ? JSON.parse(readFileSync(file, 'utf8')) : {}
// Node reads no TypeScript by itself; the tests' and the page's bundler does.
const vite = await createServer({
  root: repositoryRoot,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
})
try {
  /** @type {typeof import('../../app/experiment/presetList')} */
  const { presets } = await load('app/experiment/presetList.ts')
  /** @type {typeof import('./presetThumbnail')} */
  const { refreshThumbnail } = await load('e2e/tools/presetThumbnail.ts')
  /** @type {typeof known} */
  const recorded = {}
  for (const preset of presets) {
    const start = performance.now()
    recorded[preset.id] = await refreshThumbnail(preset, known[preset.id])
    console.log(`${preset.title}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
  }
  writeFileSync(file, JSON.stringify(recorded))
} finally {
  await vite.close()
}
process.exit(await runTool('oxfmt', [file]))

/** @param {string} module path in the repository */
function load(module) {
  return /** @type {Promise<any>} */ (vite.ssrLoadModule(`/${module}`))
}
