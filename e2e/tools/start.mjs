// `npm start`: builds the page and serves it at a local address.
import { build, preview } from 'vite'
import { findFreePort, repositoryRoot } from './programs.mjs'

const defaultPort = 4173
const asked = Number(process.env['PORT'] ?? defaultPort)
if (!Number.isInteger(asked) || asked < 1 || asked > 65_535) {
  console.error(`PORT is “${process.env['PORT']}”; it must be a whole number from 1 to 65535.`)
  process.exit(1)
}

await build({ root: repositoryRoot, logLevel: 'warn' })
// Who sets PORT means that port and no other.
const port = process.env['PORT'] ? asked : await findFreePort(asked)
try {
  const server = await preview({
    root: repositoryRoot,
    logLevel: 'warn',
    preview: { port, strictPort: true, host: '127.0.0.1' },
  })
  const address = server.resolvedUrls?.local[0] ?? `http://127.0.0.1:${port}/`
  console.log(`Saturascope runs at ${address}  (Ctrl+C stops it)`)
} catch (error) {
  console.error(`Port ${port} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
