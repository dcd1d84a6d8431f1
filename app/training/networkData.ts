import type { Dataset } from '../data/dataset'
import { targetWidth } from '../data/samples'
import type { LossSpec } from '../experiment/spec'
import type { ReferenceSamples } from '../nn/reference/batch'

/** A data set as both engines read it to train with this loss. */
export function networkData(dataset: Dataset, loss: LossSpec): ReferenceSamples {
  const { shape, features, inputs, targets, trainingCount, heldOutCount, task } = dataset
  return {
    rows: trainingCount + heldOutCount,
    shape,
    features,
    targetColumns: targetWidth(task),
    inputs,
    targets,
    trainingCount,
    targetKind: loss.kind === 'reconstruction' ? 'inputs' : task.kind === 'classification' ? 'classes' : 'values',
  }
}

/** Inputs of listed rows, [rows, features]. */
export function gatherInputs(
  { features, inputs }: Pick<ReferenceSamples, 'features' | 'inputs'>,
  rows: Uint32Array,
): Float32Array {
  const gathered = new Float32Array(rows.length * features)
  rows.forEach((row, index) => gathered.set(inputs.subarray(row * features, (row + 1) * features), index * features))
  return gathered
}
