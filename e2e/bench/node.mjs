// Runs the bench under Node with Dawn: for machines that have a GPU and no browser. Started by run.mjs.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { repositoryRoot } from '../tools/programs.mjs'

/** Tells run.mjs that this environment has no adapter and another may. */
const noAdapter = 3

const [bundle = '', options = '{}'] = process.argv.slice(2)
const dawn = join(repositoryRoot, 'e2e/bench/peers/node_modules/webgpu/index.js')
const { create, globals } = await import(pathToFileURL(dawn).href)
Object.assign(globalThis, globals)
Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true })
if (!(await navigator.gpu.requestAdapter())) process.exit(noAdapter)
const { benchHere } = await import(pathToFileURL(bundle).href)
await benchHere(JSON.parse(options))
// Dawn's threads would keep the process alive.
process.exit(0)
