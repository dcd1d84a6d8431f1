// `npm run bench`: milliseconds per training step, ours beside other libraries', in one browser run.
//   --node           our part alone, under Node with Dawn
//   --profile        with --node: every dispatch of a step and of a column by itself
//   --hardware       with the machine's graphics adapter instead of SwiftShader
//   --rounds 5       turns per contender
//   --seconds 2      length of a turn
//   --network 64     networks whose name contains the word
//   --only jax       contenders whose name contains the word; what comes first, ours without monitoring, is always measured
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright'
import { ensureBrowser } from '../tools/browser.mjs'
import { hardwareWebgpuFlags, launchOptions, softwareWebgpuFlags } from '../tools/chromium.mjs'
import { repositoryRoot, runProgram, runTool } from '../tools/programs.mjs'
import { benchInNode } from './runNode.mjs'
import { serveBenchPage } from './server.mjs'
import { formatTable } from './table.mjs'
import { measureInTurns } from './turns.mjs'

const peers = join(repositoryRoot, 'e2e/bench/peers')

const { values: options } = parseArgs({
  options: {
    node: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    hardware: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    network: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
  },
})

/** The peers are no dependency of ours: they are installed here, the first time they are measured against. */
async function installPeers() {
  if (existsSync(join(peers, 'node_modules/.package-lock.json'))) return
  const status = await runProgram('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { folder: peers })
  if (status !== 0) throw new Error('the packages in e2e/bench/peers could not be installed')
}

async function benchInBrowser() {
  if (
    !process.env['BENCH_DIRTY'] &&
    (await runTool('tsc', ['--noEmit', '--project', 'e2e/bench/tsconfig.peers.json'])) !== 0
  )
    process.exit(1)
  await ensureBrowser()
  const server = await serveBenchPage('e2e/bench/peers/index.html')
  const browser = await chromium.launch(launchOptions(options.hardware ? hardwareWebgpuFlags : softwareWebgpuFlags))
  try {
    const page = await browser.newPage()
    page.on('pageerror', (error) => console.error(error.message))
    await page.goto(server.address)
    await page.waitForFunction(() => globalThis.bench !== undefined)
    console.log(
      `${browser.browserType().name()} ${browser.version()}, adapter ${await page.evaluate(() => bench.adapterName())}\n`,
    )
    await measurePage(page)
  } finally {
    await browser.close()
    await server.close()
  }
}

/** @param {import('playwright').Page} page */
async function measurePage(page) {
  const { contenders, networks } = await page.evaluate(() => ({
    contenders: bench.contenders,
    networks: bench.networks,
  }))
  for (const [network, networkName] of networks.entries()) {
    if (!networkName.includes(options.network)) continue
    const entries = contenders
      .map((name, contender) => ({
        name,
        open: () => page.evaluate(([c, n]) => bench.open(c, n), /** @type {const} */ ([contender, network])),
        turn: (/** @type {number} */ steps) =>
          page.evaluate(([c, s]) => bench.turn(c, s), /** @type {const} */ ([contender, steps])),
      }))
      .filter(({ name }, index) => index === 0 || name.includes(options.only))
    const results = await measureInTurns(entries, measuring)
    await page.evaluate(() => bench.close())
    console.log(`${formatTable(networkName, results)}\n`)
  }
}

await installPeers()
const measuring = { rounds: Number(options.rounds), secondsPerTurn: Number(options.seconds) }
if (options.node) {
  const { hardware, network, profile } = options
  process.exit(await benchInNode({ ...measuring, hardware, network, profile }))
}
await benchInBrowser()
