import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Activation } from '../../experiment/spec'
import { BufferScope, wholeBuffer, type BufferSlice } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { compileDenseForward } from '../layers/dense'
import { activationFunctions } from '../reference/activation'
import { denseForward } from '../reference/denseForward'
import type { Dropout } from '../reference/dropout'
import { layerOutput } from '../reference/layerOutput'
import { createMatrix, type Matrix } from '../reference/matrix'
import type { ForcedVariant } from '../variants'
import {
  ALL_VARIANTS,
  AWKWARD_SHAPES,
  NO_DROPOUT,
  poisoned,
  randomMatrix,
  readMatrix,
  uploadControl,
  uploadMatrix,
  uploadVector,
} from './denseTesting'
import { DropoutUniform } from './dropoutUniform'
import { relativeError } from './kernelTesting'

/** Relative L2 error allowed against the float64 twin. */
const TOLERANCE = 5e-6

const LINEAR = { activation: 'linear', addsResidual: false } as const

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

interface Layer {
  readonly input: Matrix
  readonly weights: Matrix
  readonly bias: Float64Array
  /** Undefined: an output layer. */
  readonly activation: Activation | undefined
  readonly dropout: Dropout
  readonly residual?: Matrix
}

function randomLayer(rows: number, inputs: number, outputs: number, activation?: Activation, dropout = NO_DROPOUT) {
  const input = randomMatrix(rows, inputs, 1)
  const weights = randomMatrix(inputs, outputs, 2)
  return { input, weights, bias: randomMatrix(1, outputs, 3).values, activation, dropout }
}

type Buffers = [BufferSlice, BufferSlice, BufferSlice]

async function runLayer(layer: Layer, forced: ForcedVariant) {
  const { input, weights, activation, dropout } = layer
  const rows = input.rows
  const outputs = weights.columns
  const compiled = await compileDenseForward(
    gpu,
    { rows, inputs: input.columns, outputs },
    { activation, addsResidual: layer.residual !== undefined },
    forced,
  )
  const scope = new BufferScope(gpu)
  const [preactivation, activated, own] = [0, 1, 2].map(() => poisoned(scope, rows, outputs)) as Buffers
  const plan = compiled.dispatches(scope, {
    input: uploadMatrix(scope, input),
    weights: uploadMatrix(scope, weights, true),
    bias: uploadVector(scope, layer.bias),
    preactivation,
    activation: activation && activated,
    own,
    residual: layer.residual && uploadMatrix(scope, layer.residual),
    control: uploadControl(scope, dropout.step),
    dropout: new DropoutUniform(gpu, scope, dropout, dropout.rate).slice,
    scratch: wholeBuffer(scope.storage('scratch', compiled.scratchBytes)),
  })
  submitPlan(gpu.device, plan)
  const [z, a, result] = await Promise.all([
    readMatrix(gpu, preactivation, rows, outputs),
    readMatrix(gpu, activated, rows, outputs),
    readMatrix(gpu, own, rows, outputs),
  ])
  scope.destroy()
  return { z, a, own: result, dispatches: plan.length }
}

function twin(layer: Layer) {
  const { activation = 'linear', dropout, residual } = layer
  return layerOutput(denseForward(layer.input, layer.weights, layer.bias), { activation, dropout, residual })
}

test('every variant computes z and a of every awkward shape as the twin does, with zeros in the padding', async () => {
  const failures: string[] = []
  for (const { rows, inputs, outputs } of AWKWARD_SHAPES) {
    const layer = randomLayer(rows, inputs, outputs, 'sigmoid')
    const expected = twin(layer)
    await Promise.all(
      ALL_VARIANTS.map(async (variant) => {
        const { z, a } = await runLayer(layer, variant)
        const errors = [
          relativeError(z.values, expected.preactivation.values),
          relativeError(a.values, expected.activation.values),
        ]
        if (!(Math.max(...errors) <= TOLERANCE && z.paddingIsZero && a.paddingIsZero)) {
          failures.push(
            JSON.stringify({ rows, inputs, outputs, variant, errors, z: z.paddingIsZero, a: a.paddingIsZero }),
          )
        }
      }),
    )
  }
  expect(failures).toEqual([])
})

test('every activation function is right to 1e-6 from −100 to 100, saturates cleanly and keeps NaN', async () => {
  const values = [0, -0, 1e-30, 1e-3, 0.3, 0.62, 0.63, 1, 2.5, 5, 9, 12, 30, 80, 86, 100, 1e4, 3e38].flatMap((z) => [
    z,
    -z,
  ])
  const z = Float64Array.from([...values, ...Array.from({ length: 400 }, (_, i) => (i - 200) / 23)], Math.fround)
  const one = createMatrix(1, 1, Float64Array.of(1))
  const layer = { input: createMatrix(z.length, 1, z), weights: one, bias: Float64Array.of(0), dropout: NO_DROPOUT }
  const spoiled = { ...layer, input: createMatrix(3, 1, Float64Array.of(NaN, Infinity, -Infinity)) }
  for (const name of Object.keys(activationFunctions) as Activation[]) {
    const { value } = activationFunctions[name]
    const { a } = await runLayer({ ...layer, activation: name }, { tile: 8 })
    z.forEach((x, index) => {
      const expected = value(x)
      // Below 1e-37 f32 has no normal numbers left.
      const error = Math.abs(a.values[index]! - expected) / Math.max(Math.abs(expected), 1e-31)
      expect(error, `${name}(${x}) = ${a.values[index]}, not ${expected}`).toBeLessThan(1e-6)
    })
    const broken = await runLayer({ ...spoiled, activation: name }, { tile: 8 })
    expect(broken.a.values[0], `${name}(NaN)`).toBeNaN()
    expect(broken.a.values[1], `${name}(∞)`).toBe(value(Infinity))
  }
})

test('dropout sets exactly the elements to zero that the twin does, in one dispatch or with splits', async () => {
  const dropout = { rate: 0.3, seed: 4_000_000_000, layer: 7, step: 12 }
  const layer = randomLayer(33, 257, 70, 'linear', dropout)
  const expected = twin(layer).activation.values
  for (const variant of [{ tile: 8 }, { tile: 32, splits: 3 }] as const) {
    const { a } = await runLayer(layer, variant)
    expect(relativeError(a.values, expected)).toBeLessThan(TOLERANCE)
    expect(Array.from(a.values, (value) => value === 0)).toEqual(Array.from(expected, (value) => value === 0))
  }
})

test('more tiles than one dimension of workgroups holds are all computed', async () => {
  const rows = 16_400
  const layer = randomLayer(rows, 2, 1024)
  const { z } = await runLayer(layer, { tile: 8 })
  const expected = twin(layer).preactivation.values
  expect(relativeError(z.values, expected)).toBeLessThan(TOLERANCE)
})

test('a residual is added before the activation function, and the layer’s own result is kept', async () => {
  const layer = { ...randomLayer(33, 257, 70, 'tanh'), residual: randomMatrix(33, 70, 8) }
  const expected = twin(layer)
  for (const variant of [{ tile: 8 }, { tile: 32, splits: 3 }] as const) {
    const { z, a, own } = await runLayer(layer, variant)
    expect(relativeError(own.values, expected.own.values)).toBeLessThan(TOLERANCE)
    expect(relativeError(z.values, expected.preactivation.values)).toBeLessThan(TOLERANCE)
    expect(relativeError(a.values, expected.activation.values)).toBeLessThan(TOLERANCE)
    expect([own.paddingIsZero, z.paddingIsZero, a.paddingIsZero]).toEqual([true, true, true])
  }
})

test('rows that share their mask drop the same columns', async () => {
  const layer = randomLayer(24, 9, 10, 'linear', { rate: 0.4, seed: 5, layer: 1, step: 2, rowsPerMask: 6 })
  const { a } = await runLayer(layer, { tile: 8 })
  const expected = twin(layer).activation.values
  expect(Array.from(a.values, (value) => value === 0)).toEqual(Array.from(expected, (value) => value === 0))
})

test('a changed dropout rate applies without a new plan', async () => {
  const scope = new BufferScope(gpu)
  const compiled = await compileDenseForward(gpu, { rows: 8, inputs: 4, outputs: 64 }, LINEAR, { tile: 8 })
  const dropout = new DropoutUniform(gpu, scope, { seed: 1, layer: 2 }, 0)
  const activation = poisoned(scope, 8, 64)
  const plan = compiled.dispatches(scope, {
    input: uploadMatrix(scope, randomMatrix(8, 4, 1)),
    weights: uploadMatrix(scope, randomMatrix(4, 64, 2), true),
    bias: uploadVector(scope, new Float64Array(64)),
    preactivation: poisoned(scope, 8, 64),
    activation,
    own: undefined,
    residual: undefined,
    control: uploadControl(scope, 0),
    dropout: dropout.slice,
    scratch: wholeBuffer(scope.storage('scratch', 16)),
  })
  const countZeros = async () => {
    submitPlan(gpu.device, plan)
    const { values } = await readMatrix(gpu, activation, 8, 64)
    return values.filter((value) => value === 0).length
  }
  expect(await countZeros()).toBe(0)
  dropout.change(0.5)
  expect(await countZeros()).toBeGreaterThan(180)
  dropout.change(0)
  expect(await countZeros()).toBe(0)
  scope.destroy()
})

test('an output layer writes its preactivations and leaves the activation buffer alone', async () => {
  const layer = randomLayer(17, 64, 10)
  for (const splits of [1, 2]) {
    const { z, a } = await runLayer(layer, { tile: 32, splits })
    expect(relativeError(z.values, twin(layer).preactivation.values)).toBeLessThan(TOLERANCE)
    expect(a.values.every((value) => value === -12345.5)).toBe(true)
  }
})

test('the same input gives the same bits twice, in every variant', async () => {
  const layer = randomLayer(65, 300, 33, 'sigmoid', { rate: 0.1, seed: 3, layer: 0, step: 5 })
  for (const variant of ALL_VARIANTS) {
    const [first, second] = await Promise.all([runLayer(layer, variant), runLayer(layer, variant)])
    expect(second.a.values).toEqual(first.a.values)
    expect(second.z.values).toEqual(first.z.values)
  }
})
