import type { BenchPage } from '../benchPage'
import { openProven, type Contender, type Trainer } from '../contender'
import { networks } from '../networks'
import { ours } from '../ours'
import { jax } from './jax'
import { tensorflow } from './tensorflow'

const WARM_UP_STEPS = 3

const contenders: readonly Contender[] = [
  ...[ours('off'), ours('auto'), ours('auto', 1024), ours(10)],
  ...[tensorflow('webgpu'), tensorflow('webgl'), jax('webgpu'), jax('wasm')],
]
const trainers = new Map<number, Trainer>()

const page: BenchPage = {
  contenders: contenders.map(({ name }) => name),
  networks: networks.map(({ name }) => name),
  async adapterName() {
    const adapter = await navigator.gpu.requestAdapter()
    if (!adapter) throw new Error('this browser has no WebGPU adapter')
    return `${adapter.info.vendor} ${adapter.info.architecture}`
  },
  async open(contender, network) {
    trainers.set(contender, await openProven(contenders[contender]!, networks[network]!, WARM_UP_STEPS))
  },
  turn: (contender, steps) => trainers.get(contender)!.run(steps),
  close() {
    for (const trainer of trainers.values()) trainer.close()
    trainers.clear()
  },
}

globalThis.bench = page
