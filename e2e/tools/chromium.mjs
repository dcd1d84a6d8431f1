// Where the browser of the tests is, and how it is started so that it has WebGPU without a GPU.
import { existsSync } from 'node:fs'

const systemPaths = ['/usr/bin/chromium', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome']

/** Ubuntu's `chromium` is a snap stub that cannot run in a container, so a file behind /snap does not count. */
export function findSystemChromium() {
  const named = process.env['SATURASCOPE_CHROMIUM']
  if (named) return named
  return systemPaths.find((path) => existsSync(path) && !existsSync('/snap/bin/chromium'))
}

const quietFlags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** SwiftShader: real WebGPU computed on the CPU; slow, and the same on every machine. */
export const softwareWebgpuFlags = [...quietFlags, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']

/** The machine's own graphics adapter, for measuring. */
export const hardwareWebgpuFlags = [
  ...quietFlags,
  '--enable-unsafe-webgpu',
  '--ignore-gpu-blocklist',
  '--enable-features=Vulkan',
  '--use-angle=vulkan',
]

/** Chromium without any WebGPU adapter: what a visitor on an old machine meets. */
export const withoutWebgpuFlags = quietFlags

/** Launch options for Playwright: the system's Chromium where there is one, else Playwright's own. */
export function launchOptions(flags = softwareWebgpuFlags) {
  const executablePath = findSystemChromium()
  return { headless: true, args: flags, ...(executablePath ? { executablePath } : { channel: 'chromium' }) }
}
