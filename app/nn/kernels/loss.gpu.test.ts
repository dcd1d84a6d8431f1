import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LossSpec } from '../../experiment/spec'
import { elementsOf, flatShape, positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { paddedWidth, padRows, unpadRows } from '../padding'
import { computeLoss } from '../reference/loss'
import { createMatrix } from '../reference/matrix'
import { readFloats, relativeError, testValues } from './kernelTesting'
import {
  LOSS_PARTIAL_BYTES,
  lossDispatch,
  lossKernel,
  lossLanes,
  lossPartialCount,
  sumLossPartials,
  type LossPurpose,
} from './loss'

let gpu: Gpu
let scope: BufferScope

beforeAll(async () => {
  gpu = await openGpu()
  scope = new BufferScope(gpu)
})
afterAll(() => {
  scope.destroy()
  gpu.close()
})

interface Case {
  readonly spec: LossSpec
  readonly rows: number
  readonly outputs: number
  readonly kind: 'classes' | 'values'
  readonly scale?: number
}

function makeBatch({ rows, outputs, kind, scale = 3 }: Case) {
  const logits = testValues(rows * outputs, rows + outputs, scale)
  const targets =
    kind === 'values'
      ? testValues(rows * outputs, 5, 2)
      : Float32Array.from({ length: rows }, (_, row) => (row * 7 + 3) % Math.max(2, outputs))
  return { logits, targets }
}

function upload({ rows, outputs, kind }: Case, batch: ReturnType<typeof makeBatch>, lanes: number) {
  const stride = paddedWidth(outputs)
  // Left-overs from an earlier batch have to be overwritten, padding included.
  const stale = new Float32Array(rows * stride).fill(7)
  return {
    shape: flatShape(outputs),
    targetKind: kind,
    logits: wholeBuffer(scope.storageWith('logits', padRows(batch.logits, rows, outputs))),
    targets: wholeBuffer(scope.storageWith('targets', padRows(batch.targets, rows, kind === 'values' ? outputs : 1))),
    logitsGradient: wholeBuffer(scope.storageWith('gradient', stale)),
    lossPartials: wholeBuffer(scope.storage('partials', lossPartialCount(rows, lanes) * LOSS_PARTIAL_BYTES)),
  }
}

async function runLoss(test: Case, lanes: number, batch = makeBatch(test), purpose: LossPurpose = 'training') {
  const kernel = await gpu.pipelines.compile(lossKernel(test.spec), { LANES: lanes })
  const buffers = upload(test, batch, lanes)
  const partials = lossPartialCount(test.rows, lanes)
  submitPlan(gpu.device, [lossDispatch(kernel, scope, test.spec, { ...buffers, rows: test.rows }, partials, purpose)])
  const sums = sumLossPartials(await readSlice(gpu, buffers.lossPartials))
  return { sums, gradient: await readFloats(gpu, buffers.logitsGradient.buffer) }
}

const SOFTMAX: LossSpec = { kind: 'crossEntropy', labelSmoothing: 0 }
const SMOOTHED: LossSpec = { kind: 'crossEntropy', labelSmoothing: 0.1 }
const BINARY: LossSpec = { kind: 'binaryCrossEntropy' }
const SQUARED: LossSpec = { kind: 'meanSquaredError' }

const CASES: Case[] = [
  ...[SOFTMAX, SMOOTHED].flatMap((spec): Case[] => [
    { spec, rows: 1, outputs: 2, kind: 'classes' },
    { spec, rows: 64, outputs: 10, kind: 'classes' },
    { spec, rows: 17, outputs: 257, kind: 'classes', scale: 30 },
  ]),
  { spec: SOFTMAX, rows: 257, outputs: 3, kind: 'classes' },
  { spec: SMOOTHED, rows: 3, outputs: 1000, kind: 'classes' },
  { spec: BINARY, rows: 65, outputs: 1, kind: 'classes', scale: 20 },
  { spec: BINARY, rows: 15, outputs: 17, kind: 'classes' },
  { spec: SQUARED, rows: 257, outputs: 1, kind: 'values' },
  { spec: SQUARED, rows: 16, outputs: 6, kind: 'values' },
  { spec: SQUARED, rows: 31, outputs: 10, kind: 'classes' },
  { spec: SQUARED, rows: 31, outputs: 1, kind: 'classes' },
]

test('losses, counts and gradients are those of the float64 twins, whatever number of lanes shares a row', async () => {
  for (const lanes of [1, 4, 64]) {
    for (const testCase of CASES) {
      const { spec, rows, outputs, kind } = testCase
      const batch = makeBatch(testCase)
      const expectedGradient = createMatrix(rows, outputs)
      const logits = createMatrix(rows, outputs, Float64Array.from(batch.logits))
      const expected = computeLoss(spec, logits, { kind, values: batch.targets }, expectedGradient)
      const { sums, gradient } = await runLoss(testCase, lanes, batch)
      const name = `${JSON.stringify(spec)} ${rows}×${outputs}, ${lanes} lanes`
      expect(Math.abs(sums.loss / expected.loss - 1), name).toBeLessThan(5e-6)
      expect(sums.correct, name).toBe(expected.correct)
      const columns = unpadRows(gradient, rows, outputs)
      expect(relativeError(columns, expectedGradient.values), name).toBeLessThan(5e-6)
      expect(gradient, `padding of ${name}`).toEqual(padRows(columns, rows, outputs))
    }
  }
})

test('near-certain predictions keep their relative accuracy', async () => {
  for (const spec of [SOFTMAX, BINARY]) {
    const testCase: Case = { spec, rows: 2, outputs: 4, kind: 'classes' }
    const batch = { logits: Float32Array.of(18, -18, -18, -18, -18, -18, 18, -18), targets: Float32Array.of(0, 2) }
    const expectedGradient = createMatrix(2, 4)
    const logits = createMatrix(2, 4, Float64Array.from(batch.logits))
    const expected = computeLoss(spec, logits, { kind: 'classes', values: batch.targets }, expectedGradient)
    const { sums, gradient } = await runLoss(testCase, 1, batch)
    expect(Math.abs(sums.loss / expected.loss - 1)).toBeLessThan(5e-6)
    expect(relativeError(gradient, expectedGradient.values)).toBeLessThan(5e-6)
  }
})

test('one NaN or infinite output makes the loss NaN', async () => {
  for (const spec of [SOFTMAX, SMOOTHED, BINARY, SQUARED]) {
    for (const poison of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const lanes of [1, 4]) {
        const testCase: Case = { spec, rows: 70, outputs: 10, kind: 'classes' }
        const batch = makeBatch(testCase)
        batch.logits[694] = poison
        const { sums } = await runLoss(testCase, lanes, batch)
        expect(sums.loss, `${spec.kind} ${poison}`).toBeNaN()
      }
    }
  }
})

test('an evaluation adds up its batches, counts only the rows that count and leaves the gradient alone', async () => {
  const lanes = 4
  const testCase: Case = { spec: SOFTMAX, rows: 33, outputs: 5, kind: 'classes' }
  const batch = makeBatch(testCase)
  const kernel = await gpu.pipelines.compile(lossKernel(SOFTMAX), { LANES: lanes })
  const buffers = upload(testCase, batch, lanes)
  const partials = lossPartialCount(33, lanes)
  const dispatch = (rows: number, purpose: LossPurpose) =>
    lossDispatch(kernel, scope, SOFTMAX, { ...buffers, rows }, partials, purpose)
  // Twice: the first batch replaces what an earlier evaluation left.
  for (let repetition = 0; repetition < 2; repetition++) {
    submitPlan(gpu.device, [
      dispatch(33, 'evaluation'),
      dispatch(33, 'further evaluation'),
      dispatch(20, 'further evaluation'),
    ])
  }
  const sums = sumLossPartials(await readSlice(gpu, buffers.lossPartials))
  const sumsOf = (rows: number) => {
    const logits = createMatrix(rows, 5, Float64Array.from(batch.logits.subarray(0, rows * 5)))
    return computeLoss(SOFTMAX, logits, { kind: 'classes', values: batch.targets })
  }
  expect(sums.correct).toBe(2 * sumsOf(33).correct + sumsOf(20).correct)
  expect(Math.abs(sums.loss / (2 * sumsOf(33).loss + sumsOf(20).loss) - 1)).toBeLessThan(5e-6)
  const gradient = await readFloats(gpu, buffers.logitsGradient.buffer)
  expect(gradient).toEqual(new Float32Array(gradient.length).fill(7))
})

const RECONSTRUCTION: LossSpec = { kind: 'reconstruction' }

/** Samples lie packed, as they were gathered, and outputs with every position padded. */
function uploadImages(rows: number, shape: TensorShape, lanes: number) {
  const positions = positionsOf(shape)
  const features = elementsOf(shape)
  const outputs = testValues(rows * features, rows + features, 3)
  const samples = testValues(rows * features, 5, 2)
  const padded = padRows(outputs, rows * positions, shape.channels)
  const buffers = {
    shape,
    targetKind: 'values' as const,
    logits: wholeBuffer(scope.storageWith('outputs', padded)),
    targets: wholeBuffer(scope.storageWith('samples', padRows(samples, rows, features))),
    logitsGradient: wholeBuffer(scope.storageWith('gradient', new Float32Array(padded.length).fill(7))),
    lossPartials: wholeBuffer(
      scope.storage('partials', lossPartialCount(rows * positions, lanes) * LOSS_PARTIAL_BYTES),
    ),
  }
  return { outputs, samples, buffers }
}

test('images are compared with the packed samples they are to be, whatever their size and channels', async () => {
  const sizes = [
    { height: 1, width: 1 },
    { height: 5, width: 7 },
  ]
  for (const shape of sizes.flatMap((size) => [1, 3, 4, 5, 9].map((channels) => ({ ...size, channels })))) {
    const lanes = lossLanes(shape.channels, false)
    const [rows, features, places] = [3, elementsOf(shape), 3 * positionsOf(shape)]
    const { outputs, samples, buffers } = uploadImages(rows, shape, lanes)
    const kernel = await gpu.pipelines.compile(lossKernel(RECONSTRUCTION), { LANES: lanes })
    const partials = lossPartialCount(places, lanes)
    submitPlan(gpu.device, [lossDispatch(kernel, scope, RECONSTRUCTION, { ...buffers, rows }, partials, 'training')])
    const expectedGradient = createMatrix(rows, features)
    const made = createMatrix(rows, features, Float64Array.from(outputs))
    const expected = computeLoss(RECONSTRUCTION, made, { kind: 'values', values: samples }, expectedGradient)
    const sums = sumLossPartials(await readSlice(gpu, buffers.lossPartials))
    const gradient = await readFloats(gpu, buffers.logitsGradient.buffer)
    const name = JSON.stringify(shape)
    expect(Math.abs(sums.loss / expected.loss - 1), name).toBeLessThan(5e-6)
    expect(sums.correct, name).toBe(0)
    const unpadded = unpadRows(gradient, places, shape.channels)
    expect(relativeError(unpadded, expectedGradient.values), name).toBeLessThan(5e-6)
    expect(gradient, `padding of ${name}`).toEqual(padRows(unpadded, places, shape.channels))
  }
})

test('a large batch of many classes is spread over at most 256 workgroups', () => {
  expect(lossLanes(1000, false)).toBe(64)
  expect(lossLanes(10, false)).toBe(4)
  expect(lossLanes(1, false)).toBe(1)
  expect(lossLanes(1000, true)).toBe(1)
  expect(lossPartialCount(4096, 64)).toBe(256)
  expect(lossPartialCount(1, 1)).toBe(1)
  expect(lossPartialCount(65, 1)).toBe(2)
})
