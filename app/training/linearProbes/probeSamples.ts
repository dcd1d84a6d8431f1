import type { Dataset } from '../../data/dataset'
import { RandomStream } from '../../experiment/random'
import { drawRows } from '../probeSet'

/** Most samples that probes are fitted to, and most that they are judged on. */
const MOST_SAMPLES = 2_048

/** Why a data set has no probes. */
export class NoLinearProbes extends Error {
  override readonly name = 'NoLinearProbes'
  readonly reason: 'regression' | 'nothing-held-out'

  constructor(reason: NoLinearProbes['reason']) {
    super(
      reason === 'regression'
        ? 'Linear probes read classes off the layers, and these data have none.'
        : 'Linear probes are judged on held-out samples, and none are held out.',
    )
    this.reason = reason
  }
}

/** What probes are fitted to and judged on. */
export interface ProbeSamples {
  readonly classes: number
  readonly training: LabelledInputs
  readonly heldOut: LabelledInputs
}

export interface LabelledInputs {
  /** Standardised, [samples, features]. */
  readonly inputs: Float32Array
  /** Class numbers. */
  readonly labels: Uint32Array
}

/**
 * The number of classes of data that probes can be fitted to.
 * @throws NoLinearProbes.
 */
export function probedClasses({ task, heldOutCount }: Dataset): number {
  if (task.kind === 'regression') throw new NoLinearProbes('regression')
  if (heldOutCount === 0) throw new NoLinearProbes('nothing-held-out')
  return task.classes
}

/**
 * Chooses samples, the same for the same seed.
 * @throws NoLinearProbes.
 */
export function chooseSamples(dataset: Dataset, seed: number): ProbeSamples {
  const classes = probedClasses(dataset)
  const { trainingCount, heldOutCount } = dataset
  const random = new RandomStream(seed, 'linear probes')
  const draw = (first: number, available: number): LabelledInputs => {
    return gather(dataset, drawRows(random, first, available, Math.min(MOST_SAMPLES, available)))
  }
  return { classes, training: draw(0, trainingCount), heldOut: draw(trainingCount, heldOutCount) }
}

function gather({ inputs, targets, features }: Dataset, rows: Uint32Array): LabelledInputs {
  const gathered = new Float32Array(rows.length * features)
  rows.forEach((row, index) => gathered.set(inputs.subarray(row * features, (row + 1) * features), index * features))
  return { inputs: gathered, labels: rows.map((row) => targets[row]!) }
}

/** Share of the held-out samples whose class is the most frequent one in training. */
export function chanceAccuracy({ classes, training, heldOut }: ProbeSamples): number {
  const counts = new Uint32Array(classes)
  for (const label of training.labels) counts[label]!++
  const commonest = counts.indexOf(Math.max(...counts))
  return heldOut.labels.filter((label) => label === commonest).length / heldOut.labels.length
}
