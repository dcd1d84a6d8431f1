import type { Dataset } from '../data/dataset'
import { unstandardiseValues } from '../data/standardise'
import type { TrainingSession } from '../training/session'
import { Painter } from './painter'
import type { PictureSummary, Reconstruction } from './protocol'

const MILLIS_BETWEEN_RECONSTRUCTIONS = 500

/** Shows what an autoencoder makes of a few samples. */
export function createReconstructionPainter(
  session: TrainingSession,
  dataset: Dataset,
  { rows }: PictureSummary,
  onPainted: (reconstruction: Reconstruction) => void,
): Painter {
  const { features } = dataset
  const inputs = new Float32Array(rows.length * features)
  for (const [place, row] of rows.entries()) {
    inputs.set(dataset.inputs.subarray(row * features, (row + 1) * features), place * features)
  }
  return new Painter({
    session,
    inputs,
    rows: rows.length,
    millisBetween: MILLIS_BETWEEN_RECONSTRUCTIONS,
    onPainted: (step, outputs) => {
      const errors = rows.map((_, place) => squaredError(inputs, outputs, place * features, features))
      onPainted({ step, errors, values: unstandardiseValues(outputs, dataset.standardisation) })
    },
  })
}

/** Mean over `count` values from `first` on. */
function squaredError(wanted: Float32Array, made: Float32Array, first: number, count: number): number {
  let sum = 0
  for (let at = first; at < first + count; at++) sum += (wanted[at]! - made[at]!) ** 2
  return sum / count
}
