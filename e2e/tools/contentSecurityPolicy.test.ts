import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { preview } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { policyHeaders } from './contentSecurityPolicy.mjs'
import { findFreePort, repositoryRoot } from './programs.mjs'

/** Serves a folder with these files as `npm start` serves the built page. */
async function serve(files: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'served-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'assets'))
  for (const file of files) writeFileSync(join(folder, file), '')
  const port = await findFreePort()
  const server = await preview({
    root: repositoryRoot,
    logLevel: 'warn',
    build: { outDir: folder },
    preview: { port, strictPort: true, host: '127.0.0.1' },
  })
  onTestFinished(() => server.close())
  return `http://127.0.0.1:${port}/`
}

test('the policy comes with the page and with every worker, which takes it from its own file', async () => {
  const address = await serve(['index.html', 'assets/training.worker-1.js', 'assets/eigen.worker-2.js'])
  for (const path of ['', 'index.html', 'assets/training.worker-1.js', 'assets/eigen.worker-2.js']) {
    const response = await fetch(new URL(path, address))
    expect(response.status, path).toBe(200)
    expect(response.headers.get('content-security-policy'), path).toBe(policyHeaders['Content-Security-Policy'])
  }
})

test('the policy lets nothing in or out but what the page’s own host serves', () => {
  const rules = policyHeaders['Content-Security-Policy'].split('; ')
  expect(rules).toContain("default-src 'none'")
  expect(rules.filter((rule) => !/^[a-z-]+ '(none|self)'$/.test(rule))).toEqual(["img-src 'self' blob:"])
})
