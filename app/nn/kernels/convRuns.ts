import { positionsOf } from '../../experiment/tensorShape'
import { BufferScope, placeSlices, wholeBuffer, type BufferSlice } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import type { ConvBackward, ConvForward } from '../layers/convHalves'
import { paddedWidth } from '../padding'
import type { Dropout } from '../reference/dropout'
import type { Matrix } from '../reference/matrix'
import { storeFilters, uploadPacked, type ConvLayer } from './convTesting'
import {
  NO_DROPOUT,
  poisoned,
  readMatrix,
  uploadControl,
  uploadMatrix,
  uploadVector,
  type StoredMatrix,
} from './denseTesting'
import { DropoutUniform } from './dropoutUniform'

/** Runs the halves of convolutional layers on the GPU, for their tests. */

/** A number that no kernel leaves behind by accident. */
export const POISON = -12345.5

interface ForwardRun {
  readonly packed?: boolean
  readonly hasActivation?: boolean
  readonly residual?: Matrix | undefined
  readonly dropout?: Dropout
}

/** @param layer its `output` is what the half makes: for a transposed convolution the larger image. */
export async function runForward(
  gpu: Gpu,
  half: ConvForward,
  layer: ConvLayer,
  filters: Float32Array,
  { packed = false, hasActivation = false, residual, dropout = NO_DROPOUT }: ForwardRun = {},
): Promise<{ z: StoredMatrix; a: StoredMatrix; own: StoredMatrix; dispatches: number }> {
  const scope = new BufferScope(gpu)
  const rows = layer.rows * positionsOf(layer.output)
  const outputs = layer.output.channels
  const [z, a, own] = [0, 1, 2].map(() => poisoned(scope, rows, outputs)) as [BufferSlice, BufferSlice, BufferSlice]
  const plan = half.dispatches(scope, {
    input: packed ? uploadPacked(scope, layer.x, layer.input) : uploadMatrix(scope, layer.x),
    weights: wholeBuffer(scope.storageWith('filters', filters)),
    bias: uploadVector(scope, layer.bias),
    preactivation: z,
    activation: hasActivation ? a : undefined,
    own,
    residual: residual && uploadMatrix(scope, residual),
    control: uploadControl(scope, dropout.step),
    dropout: new DropoutUniform(gpu, scope, dropout, dropout.rate).slice,
    scratch: wholeBuffer(scope.storage('scratch', half.scratchBytes)),
  })
  submitPlan(gpu.device, plan)
  const read = [z, a, own].map((slice) => readMatrix(gpu, slice, rows, outputs))
  const [zs, as, owns] = (await Promise.all(read)) as [StoredMatrix, StoredMatrix, StoredMatrix]
  scope.destroy()
  return { z: zs, a: as, own: owns, dispatches: plan.length }
}

/** The layer that made the input, for a share of the gradient in it. */
interface ShareRun {
  readonly preactivation: Matrix
  readonly dropout?: Dropout
  /** Shares of other layers, which are there already. */
  readonly earlier?: Matrix | undefined
}

export interface BackwardResults {
  /** As stored. */
  readonly weights: Float32Array
  /** As stored. */
  readonly bias: Float32Array
  /** The flat buffer both lie in. */
  readonly flat: Float32Array
  /** [rows·positions, inputs]; meaningless without a share. */
  readonly share: StoredMatrix
  readonly dispatches: number
}

/** @param filters as stored; the gradient has the same length. */
export async function runBackward(
  gpu: Gpu,
  half: ConvBackward,
  layer: ConvLayer,
  filters: Float32Array,
  share: ShareRun | undefined,
  packed = false,
): Promise<BackwardResults> {
  const scope = new BufferScope(gpu)
  const lengths = [filters.length, paddedWidth(layer.output.channels)] as const
  const { offsets, totalBytes } = placeSlices(lengths, gpu.limits.minStorageBufferOffsetAlignment)
  const buffer = scope.storageWith('gradients', new Float32Array(totalBytes / 4).fill(POISON))
  const weightGradient = { buffer, offset: offsets[0]!, size: lengths[0] * 4 }
  const biasGradient = { buffer, offset: offsets[1]!, size: lengths[1] * 4 }
  const rows = layer.rows * positionsOf(layer.input)
  const inputs = layer.input.channels
  const inputGradient = share?.earlier ? uploadMatrix(scope, share.earlier) : poisoned(scope, rows, inputs)
  const { dropout = NO_DROPOUT } = share ?? {}
  const plan = half.dispatches(scope, {
    input: packed ? uploadPacked(scope, layer.x, layer.input) : uploadMatrix(scope, layer.x),
    outputGradient: uploadMatrix(scope, layer.outputGradient),
    weightGradient,
    biasGradient,
    scratch: wholeBuffer(scope.storage('scratch', half.scratchBytes)),
    share: share && {
      weights: wholeBuffer(scope.storageWith('filters', filters)),
      preactivation: uploadMatrix(scope, share.preactivation),
      inputGradient,
      control: uploadControl(scope, dropout.step),
      dropout: new DropoutUniform(gpu, scope, dropout, dropout.rate).slice,
    },
  })
  submitPlan(gpu.device, plan)
  const slices = [weightGradient, biasGradient, wholeBuffer(buffer)]
  const [weights, bias, flat] = await Promise.all(
    slices.map(async (slice) => new Float32Array(await readSlice(gpu, slice))),
  )
  const result = await readMatrix(gpu, inputGradient, rows, inputs)
  scope.destroy()
  return { weights: weights!, bias: bias!, flat: flat!, share: result, dispatches: plan.length }
}

/** Whether a gradient is 0 wherever the stored filters are padding. */
export function zerosInPadding(actual: Float32Array, weights: Matrix, taps: number): boolean {
  const marks = storeFilters({ ...weights, values: weights.values.map(() => 1) }, taps)
  return actual.every((value, index) => marks[index] === 1 || value === 0)
}
