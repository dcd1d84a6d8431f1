import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { launchOptions } from './e2e/tools/chromium.mjs'
import { contentSecurityPolicy, policyHeaders } from './e2e/tools/contentSecurityPolicy.mjs'
import { leanShaders } from './e2e/tools/leanShaders.mjs'

export default defineConfig({
  // Relative, so that the build works in any folder of any static host.
  base: './',
  plugins: [react(), contentSecurityPolicy(), leanShaders()],
  worker: { format: 'es', plugins: () => [leanShaders()] },
  // Found before the first page loads: a dependency met later makes the dev server reload pages that are in use.
  optimizeDeps: { entries: ['index.html', 'app/api.ts', 'app/**/*.worker.ts'] },
  build: {
    target: 'es2023',
    // Nothing as data: URL: the content security policy allows no such images.
    assetsInlineLimit: 0,
    // The budgets of `npm run check` speak for size instead.
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    // What is needed at once comes in one file: a dozen small ones compress worse, and are as many requests.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } } },
  },
  // Of `npm start`, too.
  preview: { headers: policyHeaders },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['app/**/*.test.{ts,tsx}', 'e2e/{tools,bench}/*.test.ts'],
          exclude: ['**/*.gpu.test.ts', '**/node_modules/**'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        // Claims read MNIST where it lies beside the project.
        server: { fs: { allow: ['.', '../shared/data'] } },
        test: {
          name: 'gpu',
          // One file waits for its kernels to compile while another computes.
          maxWorkers: 2,
          include: ['app/**/*.gpu.test.ts', 'e2e/claims/*.gpu.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
