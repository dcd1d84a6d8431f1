import { positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { BufferScope, type BufferSlice } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import type { CompiledHalf } from '../layers/dense'
import type { Dropout } from '../reference/dropout'
import { inputGradient, type Producer } from '../reference/inputGradient'
import type { Matrix } from '../reference/matrix'
import type { ColumnChunks } from './columnChunks'
import type { ColumnLanes } from './columnLanes'
import { NO_DROPOUT, poisoned, randomMatrix, readMatrix, uploadControl, uploadMatrix } from './denseTesting'
import { DropoutUniform } from './dropoutUniform'
import type { ShareBuffers, ShareForm } from './inputGradient'
import { relativeError } from './kernelTesting'
import type { ReducingAdapter } from './reductionLanes'
import type { TensorBatch } from './tensorBatch'

/** Helpers of the tests of kernels on tensors of images. */

/** Relative L2 error allowed against the float64 twin. */
export const TOLERANCE = 5e-6

const AWKWARD_CHANNELS = [1, 3, 4, 15, 16, 17, 65]
const AWKWARD_ROWS = [1, 2, 3, 33]
const AWKWARD_EXTENTS = [
  [1, 1],
  [5, 7],
  [8, 8],
] as const

/** Each number of channels with each extent; numbers of samples in turn, small ones with the large tensors. */
export const AWKWARD_BATCHES: readonly TensorBatch[] = AWKWARD_CHANNELS.flatMap((channels, first) =>
  AWKWARD_EXTENTS.map(([height, width], second) => ({
    rows: channels > 17 && height > 1 ? 2 : AWKWARD_ROWS[(first + second) % AWKWARD_ROWS.length]!,
    input: { height, width, channels },
  })),
)

/**
 * Lanes as a software adapter gets them, or a few of those of a GPU: a software adapter takes up to a second to compile
 * one with barriers, so not every tensor can have the lanes that `columnLanes` chooses.
 */
export function testLanes({ input }: TensorBatch, { software }: ReducingAdapter): ColumnLanes {
  if (software) return { SLOTS: 16, LANES: 1 }
  if (input.channels <= 4) return { SLOTS: 1, LANES: 64 }
  return input.channels <= 17 ? { SLOTS: 4, LANES: 16 } : { SLOTS: 16, LANES: 4 }
}

/** Chunks of two rows for each lane, so that larger tensors have many. */
export function testChunks(batch: TensorBatch, adapter: ReducingAdapter): ColumnChunks {
  const lanes = testLanes(batch, adapter)
  return {
    rows: tensorRows(batch.rows, batch.input),
    channels: batch.input.channels,
    chunkRows: adapter.software ? 32 : 2 * lanes.LANES,
    lanes,
    finishLanes: lanes,
  }
}

/** Rows of a tensor of `rows` samples. */
export function tensorRows(rows: number, shape: TensorShape): number {
  return rows * positionsOf(shape)
}

/** A tensor of numbers in [−1, 1), exact in f32. */
export function randomTensor(rows: number, shape: TensorShape, seed: number): Matrix {
  return randomMatrix(tensorRows(rows, shape), shape.channels, seed)
}

/** The layer that made a kernel's input, as the epilogue of its gradient sees it, and the shares already there. */
export interface ShareCase extends Producer {
  readonly dropout: Dropout
  readonly earlier?: Matrix | undefined
}

/** A case in which the epilogue does all it can, with tanh, dropout and an earlier share. */
export function fullShareCase({ rows, input }: TensorBatch): ShareCase {
  return {
    preactivation: randomTensor(rows, input, 91),
    activation: 'tanh',
    dropout: { rate: 0.3, seed: 12, layer: 5, step: 8, rowsPerMask: positionsOf(input) },
    earlier: randomTensor(rows, input, 92),
  }
}

/** A case in which the epilogue leaves the share as it is. */
export function plainShareCase({ rows, input }: TensorBatch): ShareCase {
  return { preactivation: randomTensor(rows, input, 93), activation: 'linear', dropout: NO_DROPOUT }
}

export function shareFormOf({ activation, earlier }: ShareCase): ShareForm {
  return { activation, accumulates: earlier !== undefined }
}

export function uploadShare(gpu: Gpu, scope: BufferScope, share: ShareCase): ShareBuffers {
  const { preactivation, dropout, earlier } = share
  return {
    preactivation: uploadMatrix(scope, preactivation),
    inputGradient: earlier ? uploadMatrix(scope, earlier) : poisoned(scope, preactivation.rows, preactivation.columns),
    control: uploadControl(scope, dropout.step),
    dropout: new DropoutUniform(gpu, scope, dropout, dropout.rate).slice,
  }
}

/** What the epilogue makes of a twin's share. */
export function finishShare(own: Matrix, share: ShareCase): Matrix {
  return inputGradient(share.earlier ? [share.earlier, own] : [own], share)
}

/** A result to read back and what its twin says. */
export interface Comparison {
  readonly slice: BufferSlice
  readonly expected: Matrix
}

/**
 * Runs one half of a layer on buffers of its own.
 * @param prepare uploads what the half reads and names the results of interest.
 * @returns the results as f32, the error of each against its twin, and whether all padding is 0.
 */
export async function runHalf<Buffers>(
  gpu: Gpu,
  half: CompiledHalf<Buffers>,
  prepare: (scope: BufferScope) => { readonly buffers: Buffers; readonly results: readonly Comparison[] },
): Promise<{ values: Float32Array[]; errors: number[]; paddingIsZero: boolean }> {
  const scope = new BufferScope(gpu)
  const { buffers, results } = prepare(scope)
  submitPlan(gpu.device, half.dispatches(scope, buffers))
  const stored = await Promise.all(
    results.map(({ slice, expected }) => readMatrix(gpu, slice, expected.rows, expected.columns)),
  )
  scope.destroy()
  return {
    values: stored.map(({ values }) => values),
    errors: stored.map(({ values }, index) => relativeError(values, results[index]!.expected.values)),
    paddingIsZero: stored.every(({ paddingIsZero }) => paddingIsZero),
  }
}

/** Names the batch and what was wrong with it; undefined where all is right. */
export function faultOf(
  what: object,
  { errors, paddingIsZero }: { readonly errors: readonly number[]; readonly paddingIsZero: boolean },
  tolerance = TOLERANCE,
): string | undefined {
  const right = errors.every((error) => error <= tolerance) && paddingIsZero
  return right ? undefined : JSON.stringify({ ...what, errors, paddingIsZero })
}

/** Central differences of `loss` in each number of `values`, which it reads. */
export function centralDifferences(values: Float64Array, loss: () => number, step = 1e-5): Float64Array {
  return values.map((original, index) => {
    values[index] = original + step
    const above = loss()
    values[index] = original - step
    const below = loss()
    values[index] = original
    return (above - below) / (2 * step)
  })
}

/** Σ result · gradient: a function of a result whose gradient in it is known. */
export function linearLoss(result: Matrix, gradient: Matrix): number {
  return result.values.reduce((sum, value, index) => sum + value * gradient.values[index]!, 0)
}
