import type { Dataset } from '../../data/dataset'
import { RandomStream } from '../../experiment/random'
import { drawRows } from '../probeSet'

/** Most samples that predictions are made for: a share of them is then exact to half a per cent. */
const MOST_SAMPLES = 10_000

/** The part of a data set that a network is judged on. */
export type JudgedPart = 'heldOut' | 'training'

/** Samples whose classes a network predicts. */
export interface JudgedSamples {
  /** Training samples where none are held out. */
  readonly part: JudgedPart
  /** Samples of that part; more than there are in `positions` where only some were drawn. */
  readonly available: number
  /** By sample its position in the part, ascending, in the order of the data set. */
  readonly positions: Uint32Array
}

/** All held-out samples, or of very many those that the seed draws. */
export function chooseJudged({ trainingCount, heldOutCount }: Dataset, seed: number): JudgedSamples {
  const part = heldOutCount > 0 ? 'heldOut' : 'training'
  const available = heldOutCount > 0 ? heldOutCount : trainingCount
  const drawn = drawRows(new RandomStream(seed, 'judged samples'), 0, available, Math.min(available, MOST_SAMPLES))
  return { part, available, positions: drawn.toSorted() }
}

/** The row of the data set that holds the first sample of a part. */
export function firstRowOf({ trainingCount }: Dataset, part: JudgedPart): number {
  return part === 'heldOut' ? trainingCount : 0
}
