import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, placeSlices, wholeBuffer, type BufferSlice } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { poisoned, readMatrix, uploadMatrix } from '../kernels/denseTesting'
import { relativeError } from '../kernels/kernelTesting'
import { fullCase, outputFormOf, poisonedScratch, uploadCase } from '../kernels/normalisationTesting'
import { fullShareCase, finishShare, randomTensor, shareFormOf, TOLERANCE, uploadShare } from '../kernels/tensorTesting'
import { paddedWidth } from '../padding'
import {
  batchNormBackward,
  batchNormForward,
  batchStatistics,
  updateRunningStatistics,
  type ChannelStatistics,
} from '../reference/batchNorm'
import { compileBatchNormBackward, compileBatchNormForward, compileRunningStatistics } from './batchNorm'

const CHANNELS = 17
const batch = { rows: 3, input: { height: 5, width: 7, channels: CHANNELS } }
const subject = fullCase(batch)
const share = fullShareCase(batch)
const outputGradient = randomTensor(3, batch.input, 22)

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** Slices of one flat buffer, as a network's parameters and gradients lie. */
function flatSlices(scope: BufferScope, contents: readonly Float32Array[]): BufferSlice[] {
  const alignment = gpu.device.limits.minStorageBufferOffsetAlignment
  const lengths = contents.map(({ length }) => length)
  const { offsets, totalBytes } = placeSlices(lengths, alignment)
  const values = new Float32Array(totalBytes / 4)
  contents.forEach((part, index) => values.set(part, offsets[index]! / 4))
  const buffer = scope.storageWith('flat', values)
  return offsets.map((offset, index) => ({ buffer, offset, size: lengths[index]! * 4 }))
}

function padded(values: ArrayLike<number>): Float32Array {
  const result = new Float32Array(paddedWidth(values.length))
  result.set(values)
  return result
}

async function readVector(slice: BufferSlice): Promise<Float32Array> {
  return new Float32Array(await readSlice(gpu, slice)).subarray(0, CHANNELS)
}

/** One step of a layer whose parameters, gradients and scratch are parts of the network's buffers. */
async function runStep() {
  const [forward, backward, learn] = await Promise.all([
    compileBatchNormForward(gpu, batch, outputFormOf(subject)),
    compileBatchNormBackward(gpu, batch, shareFormOf(share)),
    compileRunningStatistics(gpu, 2 * paddedWidth(CHANNELS)),
  ])
  const scope = new BufferScope(gpu)
  const scratch = poisonedScratch(scope, Math.max(forward.scratchBytes, backward.scratchBytes))
  const [scale, shift] = flatSlices(scope, [padded(subject.scale), padded(subject.shift)]) as [BufferSlice, BufferSlice]
  const gradients = flatSlices(scope, [new Float32Array(20), new Float32Array(20)]) as [BufferSlice, BufferSlice]
  const statistics = poisoned(scope, 2, CHANNELS)
  const learnt = poisoned(scope, 2, CHANNELS)
  const running = wholeBuffer(scope.storage('running', 2 * paddedWidth(CHANNELS) * 4))
  const { buffers } = uploadCase(gpu, scope, subject, subject.input)
  const shareBuffers = uploadShare(gpu, scope, share)
  submitPlan(gpu.device, [
    ...forward.dispatches(scope, { ...buffers, scale, shift, statistics, batch: learnt, scratch }),
    ...backward.dispatches(scope, {
      input: buffers.input,
      outputGradient: uploadMatrix(scope, outputGradient),
      statistics,
      scale,
      scaleGradient: gradients[0],
      shiftGradient: gradients[1],
      scratch,
      share: shareBuffers,
    }),
    learn(scope, { batch: learnt, running, control: buffers.control }),
  ])
  const [z, inputGradient, moved] = await Promise.all([
    readMatrix(gpu, buffers.preactivation, subject.input.rows, CHANNELS),
    readMatrix(gpu, shareBuffers.inputGradient, subject.input.rows, CHANNELS),
    readMatrix(gpu, running, 2, CHANNELS),
  ])
  const [scaleGradient, shiftGradient] = await Promise.all([readVector(gradients[0]), readVector(gradients[1])])
  scope.destroy()
  return { z, inputGradient, moved, scaleGradient, shiftGradient }
}

function learntBy({ mean, variance }: ChannelStatistics): number[] {
  return [mean, variance].flatMap((values) => {
    const running = new Float64Array(CHANNELS)
    updateRunningStatistics(running, values)
    return Array.from(running)
  })
}

test('forward, backward and running statistics of a layer agree with their twins where they share buffers', async () => {
  const actual = await runStep()
  const { normalising, learnt } = batchStatistics(subject.input)
  const own = batchNormForward(subject.input, normalising, subject.scale, subject.shift)
  const expected = batchNormBackward(outputGradient, subject.input, subject.scale)
  const z = own.values.map((value, index) => value + subject.residual!.values[index]!)
  expect(relativeError(actual.z.values, z)).toBeLessThan(TOLERANCE)
  expect(relativeError(actual.scaleGradient, expected.scale)).toBeLessThan(TOLERANCE)
  expect(relativeError(actual.shiftGradient, expected.shift)).toBeLessThan(TOLERANCE)
  expect(relativeError(actual.inputGradient.values, finishShare(expected.input, share).values)).toBeLessThan(TOLERANCE)
  expect(relativeError(actual.moved.values, learntBy(learnt))).toBeLessThan(TOLERANCE)
})

test('a layer says how its sums are shared', async () => {
  const lanes = { SLOTS: 4, LANES: 16 }
  const chunks = { rows: 105, channels: CHANNELS, chunkRows: 64, lanes, finishLanes: lanes }
  const forward = await compileBatchNormForward(gpu, batch, outputFormOf(subject), chunks)
  expect(forward.variants).toEqual({ statistics: '4 quads × 16 lanes' })
  expect(forward.scratchBytes).toBe((1 + 2 * 2) * 20 * 4)
})
