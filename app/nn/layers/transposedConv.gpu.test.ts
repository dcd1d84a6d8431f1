import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { positionsOf } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { convolutionBack, type TransposedConvShape } from '../convShape'
import { runBackward, runForward, zerosInPadding } from '../kernels/convRuns'
import { CONV_CASES, PATIENCE, randomConvLayer, storeFilters, type ConvLayer } from '../kernels/convTesting'
import { ALL_VARIANTS, randomMatrix } from '../kernels/denseTesting'
import { relativeError } from '../kernels/kernelTesting'
import { padRows } from '../padding'
import { convBackwardInput } from '../reference/convBackwardInput'
import { convBackwardWeights, sumRows } from '../reference/convBackwardWeights'
import { convForward } from '../reference/convForward'
import { inputGradient } from '../reference/inputGradient'
import { layerOutput } from '../reference/layerOutput'
import { createMatrix, type Matrix } from '../reference/matrix'
import type { ForcedVariant } from '../variants'
import { compileTransposedConvBackward, compileTransposedConvForward } from './transposedConv'

/** Relative L2 error allowed against the float64 twins. */
const TOLERANCE = 5e-6
const activation = 'sigmoid'

vi.setConfig({ testTimeout: PATIENCE })

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** Transposed convolutions from the outputs of the shared cases back to their inputs. */
const LAYERS = CONV_CASES.map(({ rows, input, output, geometry }) =>
  transposed({ rows, input: output, output: input, geometry }),
)

function transposed(shape: TransposedConvShape): ConvLayer {
  const { x, outputGradient } = randomConvLayer(shape)
  const back = randomConvLayer({ ...convolutionBack(shape), rows: shape.rows })
  const bias = randomMatrix(1, shape.output.channels, 6).values
  return { ...shape, x, outputGradient, weights: back.weights, bias }
}

function filtersOf({ weights, geometry }: ConvLayer): Float32Array {
  return storeFilters(weights, geometry.kernel ** 2)
}

function forwardTwin(layer: ConvLayer) {
  const own = convBackwardInput(layer.x, layer.weights, convolutionBack(layer))
  const { rows, columns, values } = own
  const biased = values.map((value, index) => value + layer.bias[index % columns]!)
  return layerOutput(createMatrix(rows, columns, biased), { activation })
}

async function runForwardHalf(layer: ConvLayer, forced: ForcedVariant) {
  const half = await compileTransposedConvForward(gpu, layer, { activation, addsResidual: false }, forced)
  return runForward(gpu, half, layer, filtersOf(layer), { hasActivation: true })
}

function preactivationOf(layer: ConvLayer): Matrix {
  return randomMatrix(layer.rows * positionsOf(layer.input), layer.input.channels, 7)
}

async function runBackwardHalf(layer: ConvLayer, forced: ForcedVariant) {
  const half = await compileTransposedConvBackward(gpu, layer, { activation, accumulates: false }, forced)
  return runBackward(gpu, half, layer, filtersOf(layer), { preactivation: preactivationOf(layer) })
}

function backwardTwin(layer: ConvLayer) {
  const back = convolutionBack(layer)
  const share = convForward(layer.outputGradient, layer.weights, new Float64Array(layer.input.channels), back)
  return {
    weights: filtersOf({ ...layer, weights: convBackwardWeights(layer.outputGradient, layer.x, back).weights }),
    bias: padRows(sumRows(layer.outputGradient), 1, layer.output.channels),
    share: inputGradient([share], { preactivation: preactivationOf(layer), activation }).values,
  }
}

test('every variant of the forward half is the adjoint of the convolution, for every shape', async () => {
  const failures: string[] = []
  for (const layer of LAYERS) {
    const expected = forwardTwin(layer)
    await Promise.all(
      ALL_VARIANTS.filter(({ splits }) => splits === 1).map(async (variant) => {
        const { z, a } = await runForwardHalf(layer, variant)
        const errors = [
          relativeError(z.values, expected.preactivation.values),
          relativeError(a.values, expected.activation.values),
        ]
        if (!(Math.max(...errors) <= TOLERANCE && z.paddingIsZero && a.paddingIsZero)) {
          failures.push(JSON.stringify({ shape: convolutionBack(layer), variant, errors }))
        }
      }),
    )
  }
  expect(failures).toEqual([])
})

/** Of each kind one: the kernels' own tests have the others. */
const SOME_VARIANTS = [
  { tile: 8, splits: 1 },
  { tile: 32, splits: 4 },
] as const

test('the backward half computes all three gradients of every shape', async () => {
  const failures: string[] = []
  for (const layer of LAYERS) {
    const expected = backwardTwin(layer)
    await Promise.all(
      SOME_VARIANTS.map(async (variant) => {
        const { weights, bias, share } = await runBackwardHalf(layer, variant)
        const errors = [
          relativeError(weights, expected.weights),
          relativeError(bias, expected.bias),
          relativeError(share.values, expected.share),
        ]
        const paddingIsZero = zerosInPadding(weights, layer.weights, layer.geometry.kernel ** 2) && share.paddingIsZero
        if (!(Math.max(...errors) <= TOLERANCE && paddingIsZero)) {
          failures.push(JSON.stringify({ shape: convolutionBack(layer), variant, errors, paddingIsZero }))
        }
      }),
    )
  }
  expect(failures).toEqual([])
})

test('the halves say which variants they run, and their backward half takes a dispatch for the bias', async () => {
  const shape = {
    rows: 4,
    input: { height: 16, width: 16, channels: 8 },
    output: { height: 32, width: 32, channels: 6 },
    geometry: { kernel: 3, stride: 2, dilation: 1, padding: 'same' },
  } as const
  const form = { activation, addsResidual: false } as const
  const forward = await compileTransposedConvForward(gpu, shape, form, { tile: 32, splits: 4 })
  expect(forward.variants).toEqual({ forward: 'shared tiles of 32' })
  const backward = await compileTransposedConvBackward(gpu, shape, undefined, { tile: 8, splits: 4 })
  expect(backward.variants).toEqual({ backwardWeights: 'tiles of 8, 4 splits', backwardBias: 'tiles of 8, 4 splits' })
  const layer = transposed(shape)
  const { dispatches } = await runBackward(gpu, backward, layer, filtersOf(layer), undefined)
  expect(dispatches).toBe(4)
})

test('the same input gives the same bits twice', async () => {
  const layer = LAYERS.find(({ geometry }) => geometry.kernel === 5 && geometry.stride === 2)!
  for (const variant of SOME_VARIANTS) {
    const [first, second] = await Promise.all([runForwardHalf(layer, variant), runForwardHalf(layer, variant)])
    expect(second.z.values).toEqual(first.z.values)
    const [before, after] = await Promise.all([runBackwardHalf(layer, variant), runBackwardHalf(layer, variant)])
    expect(after.flat).toEqual(before.flat)
  }
})
