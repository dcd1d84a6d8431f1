// `npm run bench -- --node`: bundles our part for Node and runs it on the GPU, or where there is none on SwiftShader.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { repositoryRoot, runProgram } from '../tools/programs.mjs'

const cache = join(repositoryRoot, '.cache/bench')
const softwareDriver = '/usr/lib/chromium/libvk_swiftshader.so'
/** Exit status of node.mjs where there is no adapter. */
const noAdapter = 3

/**
 * @param {{ hardware: boolean, rounds: number, secondsPerTurn: number, network: string, profile: boolean }} options
 * @returns {Promise<number>} exit status
 */
export async function benchInNode({ hardware, ...options }) {
  await build({
    root: repositoryRoot,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      ssr: join(repositoryRoot, 'e2e/bench/nodeBench.ts'),
      outDir: join(cache, 'node'),
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'nodeBench.mjs' } },
    },
  })
  const command = ['e2e/bench/node.mjs', join(cache, 'node/nodeBench.mjs'), JSON.stringify(options)]
  const status = await runProgram(process.execPath, command)
  if (status !== noAdapter) return status
  if (hardware || !existsSync(softwareDriver)) {
    console.error('Dawn found no graphics adapter. Is the Vulkan loader (libvulkan1) installed, and a driver?')
    return 1
  }
  console.log('Dawn found no graphics adapter: measuring on Chromium’s SwiftShader.')
  return runProgram(process.execPath, command, { env: softwareEnvironment() })
}

/** Chromium brings a Vulkan driver that computes on the CPU, and a loader for it. */
function softwareEnvironment() {
  const manifest = join(cache, 'swiftshader.json')
  mkdirSync(cache, { recursive: true })
  writeFileSync(
    manifest,
    JSON.stringify({ file_format_version: '1.0.0', ICD: { library_path: softwareDriver, api_version: '1.1.0' } }),
  )
  return { VK_ICD_FILENAMES: manifest, LD_LIBRARY_PATH: '/usr/lib/chromium' }
}
