// Builds the bench page and serves it, with the headers that give WebAssembly its threads.
import { join } from 'node:path'
import { build, preview } from 'vite'
import { findFreePort, repositoryRoot } from '../tools/programs.mjs'

const outDir = join(repositoryRoot, '.cache/bench/page')

/**
 * @param {string} page path of its HTML file in the repository
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function serveBenchPage(page) {
  // Rooted like the app's own build: shaders are found by their path from there.
  const common = /** @type {const} */ ({ root: repositoryRoot, configFile: false, publicDir: false, logLevel: 'error' })
  await build({
    ...common,
    base: './',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023', rolldownOptions: { input: join(repositoryRoot, page) } },
  })
  const port = await findFreePort()
  const server = await preview({
    ...common,
    build: { outDir },
    preview: {
      port,
      strictPort: true,
      host: '127.0.0.1',
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    },
  })
  return { address: `http://127.0.0.1:${port}/${page}`, close: () => server.close() }
}
