import { isAugmented } from '../../experiment/augmentation'
import type { AugmentationSpec } from '../../experiment/spec'
import type { TensorShape } from '../../experiment/tensorShape'
import type { SampleTable, TargetKind } from '../sampleTable'
import { applyView, drawView } from './augmentation'
import type { LossTargets } from './lossTargets'
import { createMatrix, type Matrix } from './matrix'
import { batchRows } from './permutation'

/** The samples, and how many of them, from the start, are trained on. */
export interface ReferenceSamples extends SampleTable {
  /** Of one sample. */
  readonly shape: TensorShape
  readonly trainingCount: number
  /** What outputs are compared with: `targets`, or `inputs`. */
  readonly targetKind: TargetKind
}

/** Room for a batch of samples, in float64. */
export interface Batch {
  /** [rows, features]. */
  readonly inputs: Matrix
  readonly targets: { readonly kind: LossTargets['kind']; readonly values: Float64Array }
}

export function createBatch(samples: ReferenceSamples, rows: number): Batch {
  const { features, targetColumns, targetKind } = samples
  const inputs = createMatrix(rows, features)
  if (targetKind === 'inputs') return { inputs, targets: { kind: 'values', values: inputs.values } }
  return { inputs, targets: { kind: targetKind, values: new Float64Array(rows * targetColumns) } }
}

/** Fills a batch with listed rows of the samples. */
export function gatherSamples(batch: Batch, samples: ReferenceSamples, rows: Uint32Array): void {
  const { features, targetColumns, inputs, targets, targetKind } = samples
  rows.forEach((row, index) => {
    batch.inputs.values.set(inputs.subarray(row * features, (row + 1) * features), index * features)
    if (targetKind === 'inputs') return
    batch.targets.values.set(targets.subarray(row * targetColumns, (row + 1) * targetColumns), index * targetColumns)
  })
}

/** Which samples make a training batch, and how they are seen. */
export interface BatchSource {
  readonly samples: ReferenceSamples
  /** The run's seed, unsigned 32-bit. */
  readonly seed: number
  readonly augmentation: AugmentationSpec
}

/** Fills a batch with the training samples that come after `place`, seen as their draws say: twin of the gather kernel. */
export function gatherTraining(
  batch: Batch,
  { samples, seed, augmentation }: BatchSource,
  place: { readonly epoch: number; readonly epochOffset: number },
): void {
  const { trainingCount, features, shape } = samples
  const rows = new Uint32Array(batch.inputs.rows)
  batchRows(rows, trainingCount, seed, place)
  gatherSamples(batch, samples, rows)
  if (!isAugmented(augmentation)) return
  rows.forEach((row, index) => {
    const epoch = place.epoch + Math.floor((place.epochOffset + index) / trainingCount)
    const image = batch.inputs.values.subarray(index * features, (index + 1) * features)
    applyView(image, shape, drawView(augmentation, seed, epoch, row))
  })
}
