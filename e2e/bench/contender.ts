import type { BenchNetwork } from './networks'

/** Something that can train; each is opened, measured in turns with the others, and closed. */
export interface Contender {
  readonly name: string
  open(network: BenchNetwork): Promise<Trainer>
}

export interface Trainer {
  /** Queues about `steps` updates and waits for results at the end alone. */
  run(steps: number): Promise<Turn>
  /** Mean loss of a batch, as a proof that something is learned. */
  loss(): Promise<number>
  close(): void
}

/** What was done in how much time. */
export interface Turn {
  readonly steps: number
  readonly millis: number
  /** Columns of the heatmap that were measured meanwhile. */
  readonly columns: number
}

/** @throws Error where the loss does not fall: what does not learn is not worth timing. */
export async function openProven(contender: Contender, network: BenchNetwork, warmUpSteps: number): Promise<Trainer> {
  const trainer = await contender.open(network)
  const before = await trainer.loss()
  await trainer.run(warmUpSteps)
  const after = await trainer.loss()
  if (!(after < before)) throw new Error(`the loss went from ${before} to ${after} in ${warmUpSteps} steps`)
  return trainer
}

/** Times work that measures no columns. */
export async function timeSteps(steps: number, work: () => Promise<unknown>): Promise<Turn> {
  const start = performance.now()
  await work()
  return { steps, millis: performance.now() - start, columns: 0 }
}
