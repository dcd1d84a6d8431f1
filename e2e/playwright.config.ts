import { defineConfig } from 'playwright/test'
import { launchOptions } from './tools/chromium.mjs'

// The test command picks free ports; these are for running Playwright by hand.
const previewPort = Number(process.env['SATURASCOPE_PREVIEW_PORT'] ?? 4273)
const devPort = Number(process.env['SATURASCOPE_DEV_PORT'] ?? 4274)
const address = (port: number) => `http://127.0.0.1:${port}/`
const serve = (command: string, port: number) => ({
  command: `npx vite ${command} --host 127.0.0.1 --port ${port} --strictPort --logLevel warn`,
  cwd: '..',
  url: address(port),
  reuseExistingServer: false,
})

/** Journeys drive the built page (`baseURL`); tests of `api.ts` import it from the dev server (`metadata.devAddress`). */
export default defineConfig({
  testDir: 'journeys',
  outputDir: '../test-results/journeys',
  // Software WebGPU fills every core by itself: two journeys at once would only slow each other down.
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json']],
  metadata: { devAddress: address(devPort) },
  webServer: [serve('preview', previewPort), serve('dev', devPort)],
  use: {
    baseURL: address(previewPort),
    launchOptions: launchOptions(),
    // Pictures and copies of a page that changes at every frame would take a fifth of the suite's time.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
  },
})
