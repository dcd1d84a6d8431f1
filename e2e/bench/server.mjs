// Builds the bench page and serves it, with the headers that give WebAssembly its threads.
import { join } from 'node:path'
import { build, preview } from 'vite'
import { findFreePort, repositoryRoot } from '../tools/programs.mjs'

const outDir = join(repositoryRoot, '.cache/bench/page')

/**
 * @param {string} root folder of the page
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function serveBenchPage(root) {
  const common = /** @type {const} */ ({ root, configFile: false, logLevel: 'warn' })
  await build({
    ...common,
    base: './',
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 10_000 },
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
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() }
}
