import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, placeSlices, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { compileDenseBackward } from '../layers/dense'
import { paddedWidth } from '../padding'
import { denseBackwardWeights as twin } from '../reference/denseBackwardWeights'
import type { Matrix } from '../reference/matrix'
import type { ForcedVariant } from '../variants'
import { ALL_VARIANTS, AWKWARD_SHAPES, randomMatrix, uploadMatrix } from './denseTesting'
import { relativeError } from './kernelTesting'

/** Relative L2 error allowed against the float64 twin. */
const TOLERANCE = 5e-6
/** A number that no kernel leaves behind by accident. */
const POISON = -12345.5

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** Both gradients as stored, in one flat buffer as in training. */
async function runLayer(input: Matrix, outputGradient: Matrix, forced: ForcedVariant) {
  const shape = { rows: input.rows, inputs: input.columns, outputs: outputGradient.columns }
  const compiled = await compileDenseBackward(gpu, shape, undefined, forced)
  const scope = new BufferScope(gpu)
  const stride = paddedWidth(shape.outputs)
  const lengths = [paddedWidth(shape.inputs) * stride, stride] as const
  const { offsets, totalBytes } = placeSlices(lengths, gpu.limits.minStorageBufferOffsetAlignment)
  const buffer = scope.storageWith('gradients', new Float32Array(totalBytes / 4).fill(POISON))
  const weightGradient = { buffer, offset: offsets[0]!, size: lengths[0] * 4 }
  const biasGradient = { buffer, offset: offsets[1]!, size: lengths[1] * 4 }
  const plan = compiled.dispatches(scope, {
    input: uploadMatrix(scope, input),
    outputGradient: uploadMatrix(scope, outputGradient),
    weightGradient,
    biasGradient,
    scratch: wholeBuffer(scope.storage('scratch', compiled.scratchBytes)),
    share: undefined,
  })
  submitPlan(gpu.device, plan)
  const [weights, bias, flat] = await Promise.all(
    [weightGradient, biasGradient, wholeBuffer(buffer)].map(
      async (slice) => new Float32Array(await readSlice(gpu, slice)),
    ),
  )
  scope.destroy()
  return { weights: weights!, bias: bias!, flat: flat!, dispatches: plan.length }
}

/** [rows, columns] in a frame of zeros, as the flat buffers hold it. */
function framed(matrix: Matrix): Float64Array {
  const stride = paddedWidth(matrix.columns)
  const stored = new Float64Array(paddedWidth(matrix.rows) * stride)
  matrix.values.forEach((value, index) => {
    stored[Math.floor(index / matrix.columns) * stride + (index % matrix.columns)] = value
  })
  return stored
}

function zerosWhere(expected: Float64Array, actual: Float32Array): boolean {
  return expected.every((value, index) => value !== 0 || actual[index] === 0)
}

test('every variant computes both gradients of every awkward shape as the twin does, with zeros in the padding', async () => {
  const failures: string[] = []
  for (const { rows, inputs, outputs } of AWKWARD_SHAPES) {
    const input = randomMatrix(rows, inputs, 1)
    const outputGradient = randomMatrix(rows, outputs, 2)
    const expected = twin(input, outputGradient)
    const weights = framed(expected.weights)
    const bias = framed({ rows: 1, columns: outputs, values: expected.bias }).subarray(0, paddedWidth(outputs))
    await Promise.all(
      ALL_VARIANTS.map(async (variant) => {
        const actual = await runLayer(input, outputGradient, variant)
        const errors = [relativeError(actual.weights, weights), relativeError(actual.bias, bias)]
        const paddingIsZero = zerosWhere(weights, actual.weights) && zerosWhere(bias, actual.bias)
        if (!(Math.max(...errors) <= TOLERANCE && paddingIsZero)) {
          failures.push(JSON.stringify({ rows, inputs, outputs, variant, errors, paddingIsZero }))
        }
      }),
    )
  }
  expect(failures).toEqual([])
})

test('nothing between the slices of the flat gradient buffer is written', async () => {
  for (const splits of [1, 2]) {
    const { flat } = await runLayer(randomMatrix(64, 5, 1), randomMatrix(64, 3, 2), { tile: 32, splits })
    expect(flat.filter((value) => value === POISON).length).toBe(flat.length - 8 * 4 - 4)
  }
})

test('splits take one dispatch more', async () => {
  const [input, gradient] = [randomMatrix(257, 17, 1), randomMatrix(257, 3, 2)]
  expect((await runLayer(input, gradient, { tile: 32, splits: 1 })).dispatches).toBe(1)
  expect((await runLayer(input, gradient, { tile: 32, splits: 4 })).dispatches).toBe(2)
})

test('the same input gives the same bits twice, in every variant', async () => {
  const [input, gradient] = [randomMatrix(257, 65, 1), randomMatrix(257, 33, 2)]
  for (const variant of ALL_VARIANTS) {
    const [first, second] = await Promise.all([runLayer(input, gradient, variant), runLayer(input, gradient, variant)])
    expect(second.flat).toEqual(first.flat)
  }
})
