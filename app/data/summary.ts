import { positionsOf, type TensorShape } from '../experiment/tensorShape'
import type { Dataset, Task } from './dataset'
import { targetWidth, type Samples, type Split } from './samples'
import { unstandardiseValues } from './standardise'

/** Samples shown as thumbnails. */
const PREVIEW_SAMPLES = 24
/** Images shown beside their reconstructions. */
const PICTURES = 8
/** Points drawn of each part of data in the plane. */
const PLANE_POINTS = 500
/** Room beyond the outermost point, as a share of its distance from the axes. */
const PLANE_MARGIN = 0.05

/** What people are told of a data set, and all a network has to know of it (`DataShape`). */
export interface DatasetSummary {
  readonly name: string
  readonly task: Task
  readonly shape: TensorShape
  readonly features: number
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

/** A few images that can be shown beside what a network makes of them. */
export interface PictureSummary {
  /** Where they are from. */
  readonly part: 'held-out' | 'training'
  /** Of the data set. */
  readonly rows: readonly number[]
  /** [rows, features], before standardisation. */
  readonly inputs: Float32Array
}

/** Held-out images, or training images where none are held out, of classes one of each in turn; undefined without images. */
export function summarisePictures(dataset: Dataset): PictureSummary | undefined {
  const { shape, task, trainingCount, heldOutCount } = dataset
  if (positionsOf(shape) === 1) return undefined
  const [first, count] = heldOutCount > 0 ? [trainingCount, heldOutCount] : [0, trainingCount]
  const width = targetWidth(task)
  const found = previewRows(dataset.targets.subarray(first * width, (first + count) * width), task)
  const rows = found.slice(0, PICTURES).map((row) => first + row)
  return { part: heldOutCount > 0 ? 'held-out' : 'training', rows, inputs: rawInputs(dataset, rows) }
}

export function summariseDataset(dataset: Dataset): DatasetSummary {
  const rows = previewRows(dataset.targets.subarray(0, dataset.trainingCount * targetWidth(dataset.task)), dataset.task)
  const { name, task, shape, features, trainingCount, heldOutCount, notes } = dataset
  const width = targetWidth(task)
  const inputs = rawInputs(dataset, rows)
  const targets = new Float32Array(rows.length * width)
  for (const [place, row] of rows.entries()) {
    targets.set(dataset.targets.subarray(row * width, (row + 1) * width), place * width)
  }
  const preview = { count: rows.length, inputs, targets }
  return { name, task, shape, features, trainingCount, heldOutCount, notes, preview }
}

/** The first samples, of classes one of each in turn: files may be sorted by them. */
function previewRows(targets: Float32Array, task: Task): readonly number[] {
  if (task.kind === 'regression') {
    return Array.from({ length: Math.min(PREVIEW_SAMPLES, targets.length / task.outputs) }, (_, row) => row)
  }
  const byClass = Array.from({ length: task.classes }, (): number[] => [])
  for (let row = 0; row < targets.length; row++) {
    const rows = byClass[targets[row]!]
    if (rows && rows.length < PREVIEW_SAMPLES) rows.push(row)
  }
  const turns = Array.from({ length: PREVIEW_SAMPLES }, (_, turn) => byClass.flatMap((rows) => rows[turn] ?? []))
  return turns.flat().slice(0, PREVIEW_SAMPLES)
}

/** The same of samples from which no data set was built yet. */
export function summariseSamples(samples: Samples, { order, trainingCount }: Split): DatasetSummary {
  const { name, task, shape, features, notes } = samples
  const width = targetWidth(task)
  const ordered = new Float32Array(trainingCount * width)
  for (let row = 0; row < trainingCount; row++) {
    ordered.set(samples.targets.subarray(order[row]! * width, (order[row]! + 1) * width), row * width)
  }
  const rows = previewRows(ordered, task)
  const count = rows.length
  const inputs = new Float32Array(count * features)
  const targets = new Float32Array(count * width)
  const sample = new Float64Array(features)
  for (const [place, row] of rows.entries()) {
    samples.copyInputs(order[row]!, sample)
    inputs.set(sample, place * features)
    targets.set(ordered.subarray(row * width, (row + 1) * width), place * width)
  }
  const heldOutCount = samples.count - trainingCount
  return { name, task, shape, features, trainingCount, heldOutCount, notes, preview: { count, inputs, targets } }
}

/** Undefined unless samples are points (x, y) with one target each. */
export function summarisePlane(dataset: Dataset): PlaneSummary | undefined {
  const { features, shape, task } = dataset
  if (features !== 2 || positionsOf(shape) !== 1 || targetWidth(task) !== 1) return undefined
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

/** Listed rows as they were before standardisation, [rows, features], to float32 rounding. */
export function rawInputs(dataset: Dataset, rows: readonly number[]): Float32Array<ArrayBuffer> {
  const { features } = dataset
  const inputs = new Float32Array(rows.length * features)
  for (const [place, row] of rows.entries()) inputs.set(unstandardiseRows(dataset, row, 1), place * features)
  return inputs
}

/** Rows as they were before standardisation, [rows, features], to float32 rounding. */
export function unstandardiseRows(dataset: Dataset, firstRow: number, rows: number): Float32Array<ArrayBuffer> {
  const { features, standardisation } = dataset
  return unstandardiseValues(
    dataset.inputs.subarray(firstRow * features, (firstRow + rows) * features),
    standardisation,
  )
}
