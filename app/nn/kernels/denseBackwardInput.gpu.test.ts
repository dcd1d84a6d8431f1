import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Activation } from '../../experiment/spec'
import { BufferScope } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { activationFunctions } from '../reference/activation'
import { denseBackwardInput as share } from '../reference/denseBackwardInput'
import type { Dropout } from '../reference/dropout'
import { inputGradient as finish } from '../reference/inputGradient'
import { createMatrix, type Matrix } from '../reference/matrix'
import { chooseVariant, type ForcedVariant } from '../variants'
import { denseBackwardInput, denseBackwardInputDispatch } from './denseBackwardInput'
import {
  ALL_VARIANTS,
  AWKWARD_SHAPES,
  NO_DROPOUT,
  poisoned,
  randomMatrix,
  readMatrix,
  uploadControl,
  uploadMatrix,
} from './denseTesting'
import { DropoutUniform } from './dropoutUniform'
import { shareConstants } from './inputGradient'
import { relativeError } from './kernelTesting'
import { productConstants } from './matrixProduct'

/** Relative L2 error allowed against the float64 twin. */
const TOLERANCE = 5e-6

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

interface Layer {
  readonly outputGradient: Matrix
  readonly weights: Matrix
  readonly preactivation: Matrix
  readonly activation: Activation
  readonly dropout: Dropout
}

function randomLayer(rows: number, inputs: number, outputs: number, activation: Activation, dropout = NO_DROPOUT) {
  return {
    outputGradient: randomMatrix(rows, outputs, 1),
    weights: randomMatrix(inputs, outputs, 2),
    preactivation: randomMatrix(rows, inputs, 3),
    activation,
    dropout,
  }
}

/** @param earlier shares of other layers, which are there already. */
async function runLayer(layer: Layer, forced: ForcedVariant, earlier?: Matrix) {
  const { rows, columns: outputs } = layer.outputGradient
  const inputs = layer.weights.rows
  const variant = chooseVariant(
    { rows, columns: inputs, inner: outputs },
    { weights: inputs * outputs, splittable: false },
    gpu,
    forced,
  )
  const constants = {
    ...productConstants(variant),
    ...shareConstants({ activation: layer.activation, accumulates: earlier !== undefined }),
  }
  const main = await gpu.pipelines.compile(denseBackwardInput, constants)
  const scope = new BufferScope(gpu)
  const inputGradient = earlier ? uploadMatrix(scope, earlier) : poisoned(scope, rows, inputs)
  const dispatch = denseBackwardInputDispatch(
    { main, variant },
    scope,
    { rows, inputs, outputs },
    {
      outputGradient: uploadMatrix(scope, layer.outputGradient),
      weights: uploadMatrix(scope, layer.weights, true),
      preactivation: uploadMatrix(scope, layer.preactivation),
      inputGradient,
      control: uploadControl(scope, layer.dropout.step),
      dropout: new DropoutUniform(gpu, scope, layer.dropout, layer.dropout.rate).slice,
    },
  )
  submitPlan(gpu.device, [dispatch])
  const result = await readMatrix(gpu, inputGradient, rows, inputs)
  scope.destroy()
  return result
}

function twin(layer: Layer): Matrix {
  return finish([share(layer.outputGradient, layer.weights)], layer)
}

test('every variant computes the gradient of every awkward shape as the twin does, with zeros in the padding', async () => {
  const failures: string[] = []
  for (const { rows, inputs, outputs } of AWKWARD_SHAPES) {
    const layer = randomLayer(rows, inputs, outputs, 'sigmoid')
    const expected = twin(layer).values
    await Promise.all(
      ALL_VARIANTS.filter(({ splits }) => splits === 1).map(async (variant) => {
        const { values, paddingIsZero } = await runLayer(layer, variant)
        const error = relativeError(values, expected)
        if (!(error <= TOLERANCE && paddingIsZero)) {
          failures.push(JSON.stringify({ rows, inputs, outputs, variant, error, paddingIsZero }))
        }
      }),
    )
  }
  expect(failures).toEqual([])
})

test('every derivative is right to 2e-6 of its scale from −100 to 100 and at the kinks', async () => {
  const values = [0, -0, 1e-30, 1e-3, 0.3, 0.62, 0.63, 1, 2.5, 5, 9, 12, 30, 80, 86, 100].flatMap((z) => [z, -z])
  const z = Float64Array.from([...values, ...Array.from({ length: 400 }, (_, i) => (i - 200) / 23)], Math.fround)
  const one = createMatrix(1, 1, Float64Array.of(1))
  const layer = {
    outputGradient: createMatrix(z.length, 1, new Float64Array(z.length).fill(1)),
    weights: one,
    preactivation: createMatrix(z.length, 1, z),
    dropout: NO_DROPOUT,
  }
  for (const activation of Object.keys(activationFunctions) as Activation[]) {
    const { values: slopes } = await runLayer({ ...layer, activation }, { tile: 8 })
    z.forEach((x, index) => {
      const expected = activationFunctions[activation].derivative(x)
      // Near the zero of a derivative its two summands cancel: the error is one of their scale, |z|·φ(z) or |z|·σ(z)σ(−z).
      const scale = Math.abs(expected) + Math.abs(x) * Math.exp(-Math.abs(x)) * (Math.abs(x) < 3 ? 1 : 0)
      const error = Math.abs(slopes[index]! - expected) / Math.max(scale, 1e-31)
      expect(error, `${activation}′(${x}) = ${slopes[index]}, not ${expected}`).toBeLessThan(2e-6)
    })
  }
})

test('the mask of the forward pass is drawn again', async () => {
  const layer = randomLayer(33, 70, 40, 'linear', { rate: 0.4, seed: 9, layer: 3, step: 1_000_000 })
  const expected = twin(layer).values
  for (const tile of [8, 16, 32] as const) {
    const { values } = await runLayer(layer, { tile })
    expect(relativeError(values, expected)).toBeLessThan(TOLERANCE)
    expect(Array.from(values, (value) => value === 0)).toEqual(Array.from(expected, (value) => value === 0))
  }
})

test('a share is added to those before it, and the last one applies derivative and mask to the sum', async () => {
  const layer = randomLayer(33, 70, 40, 'tanh', { rate: 0.4, seed: 9, layer: 3, step: 2, rowsPerMask: 11 })
  const earlier = randomMatrix(33, 70, 7)
  const expected = finish([earlier, share(layer.outputGradient, layer.weights)], layer).values
  for (const tile of [8, 32] as const) {
    const { values, paddingIsZero } = await runLayer(layer, { tile }, earlier)
    expect(relativeError(values, expected)).toBeLessThan(TOLERANCE)
    expect(paddingIsZero).toBe(true)
  }
})

test('positions of an image have padding of their own', async () => {
  const [rows, positions, channels] = [5, 6, 3]
  const { outputGradient, weights, preactivation } = randomLayer(rows, positions * 4, 7, 'tanh')
  const scope = new BufferScope(gpu)
  const inputGradient = poisoned(scope, rows, positions * 4)
  const variant = { tile: 8, splits: 1 } as const
  const form = { activation: 'tanh', accumulates: false } as const
  const main = await gpu.pipelines.compile(denseBackwardInput, {
    ...productConstants(variant),
    ...shareConstants(form),
  })
  const buffers = {
    outputGradient: uploadMatrix(scope, outputGradient),
    weights: uploadMatrix(scope, weights, true),
    preactivation: uploadMatrix(scope, preactivation),
    inputGradient,
    control: uploadControl(scope, 0),
    dropout: new DropoutUniform(gpu, scope, NO_DROPOUT, 0).slice,
  }
  const shape = { rows, inputs: positions * 4, outputs: 7 }
  submitPlan(gpu.device, [denseBackwardInputDispatch({ main, variant }, scope, shape, buffers, channels)])
  const { values } = await readMatrix(gpu, inputGradient, rows, positions * 4)
  const expected = finish([share(outputGradient, weights)], { preactivation, activation: 'tanh' }).values
  const padded = expected.map((value, index) => (index % 4 < channels ? value : 0))
  expect(relativeError(values, padded)).toBeLessThan(TOLERANCE)
  expect(values.every((value, index) => index % 4 < channels || value === 0)).toBe(true)
  scope.destroy()
})

test('NaN in a gradient spoils its row and no other', async () => {
  const layer = randomLayer(5, 17, 3, 'relu')
  layer.outputGradient.values[3] = NaN
  layer.preactivation.values.fill(1)
  const { values, paddingIsZero } = await runLayer(layer, { tile: 8 })
  expect(Array.from(values, Number.isNaN)).toEqual(Array.from(values, (_, index) => Math.floor(index / 17) === 1))
  expect(paddingIsZero).toBe(true)
})

test('the same input gives the same bits twice, in every variant', async () => {
  const layer = randomLayer(65, 33, 300, 'sigmoid', { rate: 0.1, seed: 3, layer: 0, step: 5 })
  for (const variant of ALL_VARIANTS) {
    const [first, second] = await Promise.all([runLayer(layer, variant), runLayer(layer, variant)])
    expect(second.values).toEqual(first.values)
  }
})
