import { placeSlices, wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Kernel } from '../gpu/kernel'
import { submitPlan, type Plan } from '../gpu/plan'
import { readSlice } from '../gpu/readback'
import {
  DESCRIPTOR_WORDS,
  MOST_SWEEPS,
  PROGRESS_WORDS,
  chooseJacobiVariant,
  packedJacobi,
  packedJacobiPlan,
  type JacobiBuffers,
  type JacobiVariant,
} from './kernels/packedJacobi'

/** Where a symmetric matrix lies in the batch's buffer; only its lower triangle is read. */
export interface MatrixPlace {
  /** Offset of its first element, in floats. */
  readonly offset: number
  readonly order: number
  /** Floats from row to row. */
  readonly stride: number
}

export interface SolvedMatrix {
  readonly state: 'ok' | 'non-finite' | 'not-converged'
  /** [order] Descending. */
  readonly eigenvalues: Float64Array
  /** [order, order] Column j pairs with eigenvalue j. */
  readonly eigenvectors?: Float32Array
  readonly sweeps: number
  /** √(2Σ_{i<j} a_ij²) where the solver stopped. */
  readonly offDiagonalNorm: number
}

/** Solves the same matrices of one buffer again and again. */
export interface JacobiBatch {
  readonly plan: Plan
  /** To be read after the plan, one behind another, for `decode`. */
  readonly results: readonly BufferSlice[]
  readonly variant: JacobiVariant
  /** Bytes of all `results`. */
  readonly resultBytes: number
  /** @param bytes holds the results from `start` on. */
  decode(bytes: ArrayBuffer, start: number): SolvedMatrix[]
}

export interface JacobiOptions {
  readonly eigenvectors?: boolean
  /** After this many sweeps a matrix is `not-converged`. */
  readonly mostSweeps?: number
  /** A forced variant instead of the one the adapter and orders suggest. */
  readonly variant?: JacobiVariant
}

/** A compiled variant: it takes matrices up to its largest order. */
export interface JacobiKernel {
  readonly kernel: Kernel<typeof packedJacobi.bindings>
  readonly variant: JacobiVariant
}

/** Compiles what solves these matrices. */
export async function compileJacobi(
  gpu: Gpu,
  places: readonly MatrixPlace[],
  options: JacobiOptions = {},
): Promise<JacobiKernel> {
  const largestOrder = Math.max(...places.map(({ order }) => order))
  const variant = options.variant ?? chooseJacobiVariant(gpu, largestOrder, options.eigenvectors ?? false)
  const kernel = await gpu.pipelines.compile(packedJacobi, {
    CAP: variant.cap,
    WORKERS: variant.workers,
    VECTORS: Number(variant.eigenvectors),
  })
  return { kernel, variant }
}

/**
 * @param matrices holds them all; they may be of different orders, up to `largestJacobiOrder`.
 */
export async function createJacobiBatch(
  gpu: Gpu,
  scope: BufferScope,
  matrices: BufferSlice,
  places: readonly MatrixPlace[],
  options: JacobiOptions = {},
): Promise<JacobiBatch> {
  return layOutJacobiBatch(await compileJacobi(gpu, places, options), scope, matrices, places, options.mostSweeps)
}

/** As `createJacobiBatch`, with a kernel that is compiled already, if for larger orders than these. */
export function layOutJacobiBatch(
  { kernel, variant }: JacobiKernel,
  scope: BufferScope,
  matrices: BufferSlice,
  places: readonly MatrixPlace[],
  mostSweeps = MOST_SWEEPS,
): JacobiBatch {
  const orders = places.map(({ order }) => order)
  const layout = layOut(places, variant.eigenvectors)
  const buffers: JacobiBuffers = {
    matrices,
    descriptors: wholeBuffer(scope.storageWith('jacobi descriptors', layout.descriptors)),
    iterates: wholeBuffer(scope.storage('jacobi iterates', layout.iterateLength * 4)),
    eigenvalues: wholeBuffer(scope.storage('jacobi eigenvalues', layout.resultLength * 4)),
    eigenvectors: wholeBuffer(scope.storage('jacobi eigenvectors', layout.vectorLength * 4)),
    progress: wholeBuffer(scope.storage('jacobi progress', places.length * PROGRESS_WORDS * 4)),
  }
  const results = [buffers.eigenvalues, buffers.progress, ...(variant.eigenvectors ? [buffers.eigenvectors] : [])]
  return {
    plan: packedJacobiPlan(kernel, scope, buffers, variant, orders, mostSweeps),
    results,
    variant,
    resultBytes: results.reduce((sum, { size }) => sum + size, 0),
    decode: (bytes, start) => decodeResults(bytes, start, places, results),
  }
}

/** Runs a batch by itself and waits for its results: for one-off work, never in the training loop. */
export async function runJacobiBatch(gpu: Gpu, batch: JacobiBatch): Promise<SolvedMatrix[]> {
  submitPlan(gpu.device, batch.plan)
  const parts = await Promise.all(batch.results.map((slice) => readSlice(gpu, slice)))
  const bytes = new Uint8Array(batch.resultBytes)
  let end = 0
  for (const part of parts) {
    bytes.set(new Uint8Array(part), end)
    end += part.byteLength
  }
  return batch.decode(bytes.buffer, 0)
}

interface BatchLayout {
  readonly descriptors: Uint32Array
  readonly iterateLength: number
  readonly resultLength: number
  readonly vectorLength: number
}

function layOut(places: readonly MatrixPlace[], eigenvectors: boolean): BatchLayout {
  const descriptors = new Uint32Array(places.length * DESCRIPTOR_WORDS)
  let iterateLength = 0
  let resultLength = 0
  let vectorLength = 0
  places.forEach(({ offset, order, stride }, index) => {
    descriptors.set([offset, stride, order, iterateLength, resultLength, vectorLength], index * DESCRIPTOR_WORDS)
    iterateLength += (order * (order + 1)) / 2
    resultLength += order
    if (eigenvectors) vectorLength += order * order
  })
  return { descriptors, iterateLength, resultLength, vectorLength }
}

const STATES = ['not-converged', 'ok', 'non-finite'] as const

function decodeResults(
  bytes: ArrayBuffer,
  start: number,
  places: readonly MatrixPlace[],
  results: readonly BufferSlice[],
): SolvedMatrix[] {
  const { offsets } = placeSlices(
    results.map(({ size }) => size / 4),
    4,
  )
  const floats = (part: number) => new Float32Array(bytes, start + offsets[part]!, results[part]!.size / 4)
  const words = new Int32Array(bytes, start + offsets[1]!, places.length * PROGRESS_WORDS)
  const progress = floats(1)
  const vectors = results.length > 2 ? floats(2) : undefined
  let result = 0
  let vector = 0
  return places.map(({ order }, index) => {
    const [status, sweeps, exponent] = words.subarray(index * PROGRESS_WORDS)
    // The kernel leaves its exact scaling in place: undone here, it neither overflows nor takes denormals for 0.
    const scale = 2 ** exponent!
    const diagonal = Float64Array.from(floats(0).subarray(result, result + order), (value) => value * scale)
    const positions = Array.from(diagonal.keys()).toSorted((a, b) => diagonal[b]! - diagonal[a]!)
    const solved = {
      state: STATES[status!]!,
      eigenvalues: Float64Array.from(positions, (position) => diagonal[position]!),
      sweeps: sweeps!,
      offDiagonalNorm: progress[index * PROGRESS_WORDS + 3]! * scale,
    }
    const rows = vectors?.subarray(vector, vector + order * order)
    result += order
    vector += order * order
    return rows ? { ...solved, eigenvectors: columnsInOrder(rows, positions) } : solved
  })
}

/** @param rows [order, order], row i belonging to position i. */
function columnsInOrder(rows: Float32Array, positions: readonly number[]): Float32Array {
  const order = positions.length
  const columns = new Float32Array(order * order)
  positions.forEach((position, column) => {
    for (let row = 0; row < order; row++) columns[row * order + column] = rows[position * order + row]!
  })
  return columns
}
