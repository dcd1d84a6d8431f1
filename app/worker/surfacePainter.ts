import type { Dataset } from '../data/dataset'
import type { TrainingSession } from '../training/session'
import { softmax } from '../training/predictions/classProbabilities'
import { Painter } from './painter'
import type { PlaneSummary, Surface } from './protocol'

/** Cells per side: fine enough for two spirals, cheap enough for every adapter. */
const RESOLUTION = 48
const MILLIS_BETWEEN_SURFACES = 250

/** Shows what the network thinks of every cell of the plane. */
export function createSurfacePainter(
  session: TrainingSession,
  dataset: Dataset,
  plane: PlaneSummary,
  onPainted: (surface: Surface) => void,
): Painter {
  return new Painter({
    session,
    inputs: planeGrid(plane.extent, dataset),
    rows: RESOLUTION * RESOLUTION,
    millisBetween: MILLIS_BETWEEN_SURFACES,
    onPainted: (step, outputs) => onPainted({ step, resolution: RESOLUTION, ...readOutputs(outputs, dataset) }),
  })
}

/** Standardised inputs [RESOLUTION², 2] of the cells' centres, lowest y first. */
function planeGrid(extent: number, dataset: Dataset): Float32Array {
  const { mean, deviation } = dataset.standardisation
  const grid = new Float32Array(RESOLUTION * RESOLUTION * 2)
  for (let cell = 0; cell < RESOLUTION * RESOLUTION; cell++) {
    const centre = [cell % RESOLUTION, Math.floor(cell / RESOLUTION)]
    for (let axis = 0; axis < 2; axis++) {
      const position = ((centre[axis]! + 0.5) / RESOLUTION) * 2 * extent - extent
      const feature = mean.length === 1 ? 0 : axis
      grid[cell * 2 + axis] = (position - mean[feature]!) / deviation[feature]!
    }
  }
  return grid
}

/** Logits become class probabilities; regression outputs stay as they are. */
function readOutputs(outputs: Float32Array, dataset: Dataset): { values: Float32Array; outputs: number } {
  const width = outputs.length / (RESOLUTION * RESOLUTION)
  if (dataset.task.kind === 'regression') return { values: outputs, outputs: width }
  if (width === 1) {
    const values = new Float32Array(outputs.length * 2)
    outputs.forEach((logit, cell) => {
      const probability = 1 / (1 + Math.exp(-logit))
      values[cell * 2] = 1 - probability
      values[cell * 2 + 1] = probability
    })
    return { values, outputs: 2 }
  }
  const values = new Float32Array(outputs.length)
  for (let start = 0; start < outputs.length; start += width)
    softmax(outputs.subarray(start, start + width), values, start)
  return { values, outputs: width }
}
