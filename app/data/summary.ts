import type { Dataset, Task } from './dataset'
import { targetWidth, type Samples, type Split } from './samples'

/** Samples shown as thumbnails. */
const PREVIEW_SAMPLES = 24
/** Points drawn of each part of data in the plane. */
const PLANE_POINTS = 500
/** Room beyond the outermost point, as a share of its distance from the axes. */
const PLANE_MARGIN = 0.05

/** What people are told of a data set. */
export interface DatasetSummary {
  readonly name: string
  readonly task: Task
  readonly sampleShape: readonly number[]
  readonly trainingCount: number
  readonly heldOutCount: number
  readonly notes: readonly string[]
  /** Training samples before standardisation: [count, features], and their targets [count] or [count, outputs]. */
  readonly preview: { readonly count: number; readonly inputs: Float32Array; readonly targets: Float32Array }
}

export interface PlaneSummary {
  /** The square [−extent, extent]² holds all points, in the data's own coordinates. */
  readonly extent: number
  readonly training: PlanePoints
  readonly heldOut: PlanePoints
}

interface PlanePoints {
  /** [count, 2], before standardisation */
  readonly positions: Float32Array
  /** [count]: class numbers or regression targets */
  readonly targets: Float32Array
}

export function summariseDataset(dataset: Dataset): DatasetSummary {
  const count = Math.min(PREVIEW_SAMPLES, dataset.trainingCount)
  const { name, task, sampleShape, trainingCount, heldOutCount, notes } = dataset
  const inputs = unstandardiseRows(dataset, 0, count)
  const targets = dataset.targets.slice(0, count * targetWidth(task))
  return { name, task, sampleShape, trainingCount, heldOutCount, notes, preview: { count, inputs, targets } }
}

/** The same of samples from which no data set was built yet. */
export function summariseSamples(samples: Samples, { order, trainingCount }: Split): DatasetSummary {
  const { name, task, sampleShape, features, notes } = samples
  const count = Math.min(PREVIEW_SAMPLES, trainingCount)
  const inputs = new Float32Array(count * features)
  const sample = new Float64Array(features)
  const width = targetWidth(task)
  const targets = new Float32Array(count * width)
  for (let row = 0; row < count; row++) {
    const index = order[row]!
    samples.copyInputs(index, sample)
    inputs.set(sample, row * features)
    targets.set(samples.targets.subarray(index * width, (index + 1) * width), row * width)
  }
  const heldOutCount = samples.count - trainingCount
  return { name, task, sampleShape, trainingCount, heldOutCount, notes, preview: { count, inputs, targets } }
}

/** Undefined unless samples are points (x, y) with one target each. */
export function summarisePlane(dataset: Dataset): PlaneSummary | undefined {
  if (dataset.features !== 2 || dataset.sampleShape.length !== 1 || targetWidth(dataset.task) !== 1) return undefined
  const all = unstandardiseRows(dataset, 0, dataset.trainingCount + dataset.heldOutCount)
  const extent = all.reduce((largest, coordinate) => Math.max(largest, Math.abs(coordinate)), 0) * (1 + PLANE_MARGIN)
  return {
    extent: extent || 1,
    training: pointsOf(dataset, 0, dataset.trainingCount),
    heldOut: pointsOf(dataset, dataset.trainingCount, dataset.heldOutCount),
  }
}

function pointsOf(dataset: Dataset, firstRow: number, available: number): PlanePoints {
  const count = Math.min(PLANE_POINTS, available)
  return {
    positions: unstandardiseRows(dataset, firstRow, count),
    targets: dataset.targets.slice(firstRow, firstRow + count),
  }
}

/** Rows as they were before standardisation, [rows, features], to float32 rounding. */
function unstandardiseRows(dataset: Dataset, firstRow: number, rows: number): Float32Array<ArrayBuffer> {
  const { features, standardisation } = dataset
  const { mean, deviation } = standardisation
  const perFeature = mean.length > 1
  const values = dataset.inputs.slice(firstRow * features, (firstRow + rows) * features)
  for (let index = 0; index < values.length; index++) {
    const feature = perFeature ? index % features : 0
    values[index] = values[index]! * deviation[feature]! + mean[feature]!
  }
  return values
}
