import type { BenchNetwork } from './networks'

/** Something that can train; each is opened, measured in turns with the others, and closed. */
export interface Contender {
  readonly name: string
  open(network: BenchNetwork): Promise<Trainer>
}

export interface Trainer {
  /**
   * Queues `steps` updates and waits once, for the last.
   * @returns how many columns of the heatmap were measured meanwhile.
   */
  run(steps: number): Promise<number>
  /** Mean loss of a batch, as a proof that something is learned. */
  loss(): Promise<number>
  close(): void
}

/** One turn of one contender. */
export interface Turn {
  readonly millisPerStep: number
  readonly columnsPerSecond: number
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

export async function takeTurn(trainer: Trainer, steps: number): Promise<Turn> {
  const start = performance.now()
  const columns = await trainer.run(steps)
  const millis = performance.now() - start
  return { millisPerStep: millis / steps, columnsPerSecond: columns / (millis / 1000) }
}
