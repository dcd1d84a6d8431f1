import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import {
  NO_DROPOUT,
  poisoned,
  randomMatrix,
  readMatrix,
  uploadControl,
  uploadMatrix,
  uploadVector,
} from '../kernels/denseTesting'
import { DropoutUniform } from '../kernels/dropoutUniform'
import { relativeError } from '../kernels/kernelTesting'
import { denseBackwardInput } from '../reference/denseBackwardInput'
import { denseBackwardWeights } from '../reference/denseBackwardWeights'
import { denseForward } from '../reference/denseForward'
import { inputGradient } from '../reference/inputGradient'
import { layerOutput } from '../reference/layerOutput'
import { compileDenseBackward, compileDenseForward } from './dense'

const ROWS = 37
const WIDTHS = [21, 30, 5] as const
const dropout = { rate: 0.2, seed: 77, layer: 4, step: 9 }
const hiddenShape = { rows: ROWS, inputs: WIDTHS[0], outputs: WIDTHS[1] }
const outputShape = { rows: ROWS, inputs: WIDTHS[1], outputs: WIDTHS[2] }

const input = randomMatrix(ROWS, WIDTHS[0], 1)
const weights = [randomMatrix(WIDTHS[0], WIDTHS[1], 2), randomMatrix(WIDTHS[1], WIDTHS[2], 3)] as const
const biases = [randomMatrix(1, WIDTHS[1], 4).values, randomMatrix(1, WIDTHS[2], 5).values] as const
/** Gradient of some loss in the output layer's z. */
const outputGradient = randomMatrix(ROWS, WIDTHS[2], 6)

const NO_RESIDUAL = { own: undefined, residual: undefined }

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

function runTwins() {
  const hidden = layerOutput(denseForward(input, weights[0], biases[0]), { activation: 'gelu', dropout })
  const output = denseForward(hidden.activation, weights[1], biases[1])
  const share = denseBackwardInput(outputGradient, weights[1])
  const { preactivation } = hidden
  const hiddenGradient = inputGradient([share], { preactivation, activation: 'gelu', dropout })
  return {
    logits: output.values,
    outputWeights: denseBackwardWeights(hidden.activation, outputGradient).weights.values,
    hiddenWeights: denseBackwardWeights(input, hiddenGradient).weights.values,
  }
}

async function runLayers() {
  const [forward0, forward1, backward0, backward1] = await Promise.all([
    compileDenseForward(gpu, hiddenShape, { activation: 'gelu', addsResidual: false }),
    compileDenseForward(gpu, outputShape, { activation: undefined, addsResidual: false }),
    compileDenseBackward(gpu, hiddenShape, undefined),
    compileDenseBackward(gpu, outputShape, { activation: 'gelu', accumulates: false }),
  ])
  const scope = new BufferScope(gpu)
  const control = uploadControl(scope, dropout.step)
  const hiddenDropout = new DropoutUniform(gpu, scope, dropout, dropout.rate).slice
  const x = uploadMatrix(scope, input)
  const w1 = uploadMatrix(scope, weights[1], true)
  const z0 = poisoned(scope, ROWS, WIDTHS[1])
  const a0 = poisoned(scope, ROWS, WIDTHS[1])
  const logits = poisoned(scope, ROWS, WIDTHS[2])
  const gradient1 = uploadMatrix(scope, outputGradient)
  const gradient0 = poisoned(scope, ROWS, WIDTHS[1])
  const weightGradient1 = poisoned(scope, 32, WIDTHS[2])
  const weightGradient0 = poisoned(scope, 24, WIDTHS[1])
  const biasGradient = poisoned(scope, 1, WIDTHS[1])
  const scratch = wholeBuffer(scope.storage('scratch', 16))
  const dispatches = [
    ...forward0.dispatches(scope, {
      input: x,
      weights: uploadMatrix(scope, weights[0], true),
      bias: uploadVector(scope, biases[0]),
      preactivation: z0,
      activation: a0,
      ...NO_RESIDUAL,
      control,
      dropout: hiddenDropout,
      scratch,
    }),
    ...forward1.dispatches(scope, {
      input: a0,
      weights: w1,
      bias: uploadVector(scope, biases[1]),
      preactivation: logits,
      activation: undefined,
      ...NO_RESIDUAL,
      control,
      dropout: new DropoutUniform(gpu, scope, NO_DROPOUT, 0).slice,
      scratch,
    }),
    ...backward1.dispatches(scope, {
      input: a0,
      outputGradient: gradient1,
      weightGradient: weightGradient1,
      biasGradient,
      scratch,
      share: {
        weights: w1,
        preactivation: z0,
        inputGradient: gradient0,
        control,
        dropout: hiddenDropout,
      },
    }),
    ...backward0.dispatches(scope, {
      input: x,
      outputGradient: gradient0,
      weightGradient: weightGradient0,
      biasGradient,
      scratch,
      share: undefined,
    }),
  ]
  submitPlan(gpu.device, dispatches)
  const [z, outputWeights, hiddenWeights] = await Promise.all([
    readMatrix(gpu, logits, ROWS, WIDTHS[2]),
    readMatrix(gpu, weightGradient1, WIDTHS[1], WIDTHS[2]),
    readMatrix(gpu, weightGradient0, WIDTHS[0], WIDTHS[1]),
  ])
  scope.destroy()
  return { logits: z.values, outputWeights: outputWeights.values, hiddenWeights: hiddenWeights.values, dispatches }
}

test('a hidden and an output layer, forward and backward, agree with their twins in five dispatches', async () => {
  const expected = runTwins()
  const actual = await runLayers()
  expect(actual.dispatches.length).toBe(5)
  expect(relativeError(actual.logits, expected.logits)).toBeLessThan(5e-6)
  expect(relativeError(actual.outputWeights, expected.outputWeights)).toBeLessThan(5e-6)
  expect(relativeError(actual.hiddenWeights, expected.hiddenWeights)).toBeLessThan(5e-6)
})

test('a layer says which variants it runs and how much scratch they need', async () => {
  const shape = { rows: 256, inputs: 64, outputs: 10 }
  const forward = await compileDenseForward(
    gpu,
    shape,
    { activation: 'relu', addsResidual: false },
    { tile: 32, splits: 2 },
  )
  expect(forward.variants).toEqual({ forward: 'shared tiles of 32, 2 splits' })
  expect(forward.scratchBytes).toBe(2 * 256 * 12 * 4)
  const backward = await compileDenseBackward(
    gpu,
    shape,
    { activation: 'relu', accumulates: false },
    { tile: 8, splits: 4 },
  )
  expect(backward.variants).toEqual({ backwardWeights: 'tiles of 8, 4 splits', backwardInput: 'tiles of 8' })
  expect(backward.scratchBytes).toBe(4 * 65 * 12 * 4)
})
