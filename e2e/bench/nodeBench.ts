import { openGpu } from '../../app/gpu/device'
import { measureCeilings, type Ceilings } from './ceilings/ceilings'
import { openProven, type Trainer } from './contender'
import { networks, stepOperations, stepTraffic, type BenchNetwork } from './networks'
import { ours } from './ours'
import { profileNetwork } from './profile'
import { alignColumns, figures, formatTable, median, percent } from './table.mjs'
import { measureInTurns, type Result } from './turns.mjs'

export interface NodeBenchOptions {
  readonly rounds: number
  readonly secondsPerTurn: number
  /** Networks whose name contains it. */
  readonly network: string
  /** Times every dispatch of a step and of a column instead of whole steps. */
  readonly profile: boolean
}

const WARM_UP_STEPS = 3

/** Measures our part, and what the adapter could do at best, wherever `navigator.gpu` is. */
export async function benchHere(options: NodeBenchOptions): Promise<void> {
  const gpu = await openGpu()
  console.log(`${process.version}, adapter ${gpu.adapterName}\n`)
  const ceilings = await measureCeilings(gpu)
  console.log(
    `Multiply-adds ${figures(ceilings.gigaflops)} GFLOP/s, copies ${figures(ceilings.gigabytesPerSecond)} GB/s,`,
  )
  console.log(`a dispatch that does nothing ${figures(ceilings.microsPerDispatch)} µs\n`)
  for (const network of networks) {
    if (!network.name.includes(options.network)) continue
    const lines = options.profile
      ? [`### ${network.name}`, '', ...(await profileNetwork(gpu, network, ceilings))]
      : await describeNetwork(network, options, ceilings)
    console.log(`${lines.join('\n')}\n`)
  }
  gpu.close()
}

async function describeNetwork(
  network: BenchNetwork,
  options: NodeBenchOptions,
  ceilings: Ceilings,
): Promise<string[]> {
  const results = await measureNetwork(network, options)
  return [formatTable(network.name, results), '', ...compareWithCeilings(network, results[0]!, ceilings)]
}

async function measureNetwork(network: BenchNetwork, options: NodeBenchOptions): Promise<Result[]> {
  const trainers: Trainer[] = []
  const entries = [ours('off'), ours('auto'), ours('auto', 1024), ours(10)].map((contender) => {
    let trainer: Trainer | undefined
    return {
      name: contender.name,
      async open() {
        trainer = await openProven(contender, network, WARM_UP_STEPS)
        trainers.push(trainer)
      },
      turn: (steps: number) => trainer!.run(steps),
    }
  })
  const results = await measureInTurns(entries, options)
  for (const trainer of trainers) trainer.close()
  return results
}

/** How much of the adapter a step without monitoring uses. */
function compareWithCeilings(network: BenchNetwork, { turns }: Result, ceilings: Ceilings): string[] {
  const seconds = median(turns.map(({ millis, steps }) => millis / steps)) / 1000
  const gigaflops = stepOperations(network) / seconds / 1e9
  const gigabytes = stepTraffic(network) / seconds / 1e9
  return alignColumns([
    ['a step without monitoring', 'reaches', 'of the ceiling'],
    ['GFLOP/s in matrix products', figures(gigaflops), percent(gigaflops / ceilings.gigaflops)],
    ['GB/s of weights, moments and activations', figures(gigabytes), percent(gigabytes / ceilings.gigabytesPerSecond)],
    ['time, in empty dispatches', figures((seconds * 1e6) / ceilings.microsPerDispatch), ''],
  ])
}
