import type { Dataset } from '../data/dataset'
import { RandomStream } from '../experiment/random'

/** The fixed samples every column is measured on. */
export interface ProbeSet {
  /** Rows of the data set; the held-out ones first. */
  readonly rows: Uint32Array
  /** How many of them are held out: loss and accuracy are taken over these. */
  readonly heldOutRows: number
}

/**
 * Chooses the probe: held-out samples first, then training samples where those are too few; the same for the same
 * seed.
 * @param samples see `probeSize`; bounded by the data.
 */
export function chooseProbe(dataset: Dataset, seed: number, samples: number): ProbeSet {
  const { trainingCount, heldOutCount } = dataset
  const wanted = Math.min(trainingCount + heldOutCount, samples)
  const heldOutRows = Math.min(wanted, heldOutCount)
  const random = new RandomStream(seed, 'probe')
  const rows = new Uint32Array(wanted)
  rows.set(drawRows(random, trainingCount, heldOutCount, heldOutRows))
  rows.set(drawRows(random, 0, trainingCount, wanted - heldOutRows), heldOutRows)
  return { rows, heldOutRows }
}

/** The held-out samples of a probe alone. */
export function heldOutPart({ rows, heldOutRows }: ProbeSet): ProbeSet {
  return { rows: rows.subarray(0, heldOutRows), heldOutRows }
}

/** `count` of the rows first, …, first + available − 1, without repetition. */
export function drawRows(random: RandomStream, first: number, available: number, count: number): Uint32Array {
  const rows = Uint32Array.from({ length: available }, (_, index) => first + index)
  random.shuffle(rows)
  return rows.subarray(0, count)
}
