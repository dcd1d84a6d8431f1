import type { TensorShape } from '../../experiment/tensorShape'
import type { SampleTable } from '../sampleTable'
import type { LossTargets } from './lossTargets'
import { createMatrix, type Matrix } from './matrix'

/** The samples, and how many of them, from the start, are trained on. */
export interface ReferenceSamples extends SampleTable {
  /** Of one sample. */
  readonly shape: TensorShape
  readonly trainingCount: number
  /** Whether targets are class numbers or values. */
  readonly targetKind: LossTargets['kind']
}

/** Room for a batch of samples, in float64. */
export interface Batch {
  /** [rows, features]. */
  readonly inputs: Matrix
  readonly targets: { readonly kind: LossTargets['kind']; readonly values: Float64Array }
}

export function createBatch(samples: ReferenceSamples, rows: number): Batch {
  return {
    inputs: createMatrix(rows, samples.features),
    targets: { kind: samples.targetKind, values: new Float64Array(rows * samples.targetColumns) },
  }
}

/** Fills a batch with listed rows of the samples: twin of the gather kernel. */
export function gatherSamples(batch: Batch, samples: ReferenceSamples, rows: Uint32Array): void {
  const { features, targetColumns, inputs, targets } = samples
  rows.forEach((row, index) => {
    batch.inputs.values.set(inputs.subarray(row * features, (row + 1) * features), index * features)
    batch.targets.values.set(targets.subarray(row * targetColumns, (row + 1) * targetColumns), index * targetColumns)
  })
}
