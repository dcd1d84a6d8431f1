// Finds or installs the browser of the tests and proves that WebGPU computes in it.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { chromium } from 'playwright'
import { findSystemChromium, launchOptions } from './chromium.mjs'
import { runProgram, runTool } from './programs.mjs'

/**
 * @returns {Promise<string>} where the browser is
 * @throws {Error} with what was tried, where none could be installed
 */
export async function ensureBrowser() {
  const present = findBrowser()
  if (present) return present
  await installBrowser()
  const installed = findBrowser()
  if (!installed) throw new Error('No Chromium was found and none could be installed: see the lines above.')
  return installed
}

function findBrowser() {
  const system = findSystemChromium()
  if (system) return system
  const own = chromium.executablePath()
  return existsSync(own) ? own : undefined
}

/** Debian's package brings its libraries and needs no download from elsewhere; other systems use Playwright's. */
async function installBrowser() {
  const root = process.getuid?.() === 0
  if (root && isDebian()) {
    console.log('No Chromium here: installing Debian’s.')
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const packages = ['chromium', 'fonts-dejavu-core', 'fonts-liberation']
    const updated = await runProgram('apt-get', ['update', '-qq'], { env })
    if (updated === 0) {
      await runProgram('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
    }
    if (findBrowser()) return
  }
  console.log('No Chromium here: installing Playwright’s.')
  await runTool('playwright', ['install', ...(root ? ['--with-deps'] : []), 'chromium'])
}

/** Ubuntu’s `chromium` is a stub for a snap, so only Debian itself counts. */
function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/**
 * Runs one small kernel in the test browser.
 * @returns {Promise<string>} the adapter's name
 * @throws {Error} with one sentence, where WebGPU does not work
 */
export async function proveWebgpu() {
  // `navigator.gpu` exists on secure pages only; an address of this machine counts as one.
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>WebGPU?</title>')
  })
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined))
  })
  const address = server.address()
  const browser = await chromium.launch(launchOptions())
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`)
    return await page.evaluate(computeInPage)
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new Error(`WebGPU does not work in ${browser.version()} on this machine: ${reason}`, { cause })
  } finally {
    await browser.close()
    server.close()
  }
}

/** Runs in the page: doubles a number on the GPU. */
async function computeInPage() {
  if (!navigator.gpu) throw new Error('navigator.gpu is missing')
  const adapter = await navigator.gpu.requestAdapter()
  if (!adapter) throw new Error('there is no adapter')
  const device = await adapter.requestDevice()
  const module = device.createShaderModule({
    code: '@group(0) @binding(0) var<storage, read_write> x: array<u32>; @compute @workgroup_size(1) fn main() { x[0] *= 2; }',
  })
  const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } })
  const { STORAGE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage
  const number = device.createBuffer({ size: 4, usage: STORAGE | COPY_SRC | COPY_DST })
  const result = device.createBuffer({ size: 4, usage: MAP_READ | COPY_DST })
  device.queue.writeBuffer(number, 0, new Uint32Array([21]))
  const encoder = device.createCommandEncoder()
  const pass = encoder.beginComputePass()
  pass.setPipeline(pipeline)
  const entries = [{ binding: 0, resource: { buffer: number } }]
  pass.setBindGroup(0, device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }))
  pass.dispatchWorkgroups(1)
  pass.end()
  encoder.copyBufferToBuffer(number, 0, result, 0, 4)
  device.queue.submit([encoder.finish()])
  await result.mapAsync(GPUMapMode.READ)
  const doubled = new Uint32Array(result.getMappedRange())[0]
  if (doubled !== 42) throw new Error(`a kernel made ${doubled} of 2 × 21`)
  return [adapter.info.vendor, adapter.info.architecture].join(' ')
}
