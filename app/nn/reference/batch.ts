import type { TensorShape } from '../../experiment/tensorShape'
import type { SampleTable, TargetKind } from '../sampleTable'
import type { LossTargets } from './lossTargets'
import { createMatrix, type Matrix } from './matrix'

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

/** Fills a batch with listed rows of the samples: twin of the gather kernel. */
export function gatherSamples(batch: Batch, samples: ReferenceSamples, rows: Uint32Array): void {
  const { features, targetColumns, inputs, targets, targetKind } = samples
  rows.forEach((row, index) => {
    batch.inputs.values.set(inputs.subarray(row * features, (row + 1) * features), index * features)
    if (targetKind === 'inputs') return
    batch.targets.values.set(targets.subarray(row * targetColumns, (row + 1) * targetColumns), index * targetColumns)
  })
}
