import { afterAll, beforeAll, expect, test } from 'vitest'
import { positionsOf } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { POISON, runBackward, runForward } from '../kernels/convRuns'
import { convCase, randomConvLayer, type ConvLayer } from '../kernels/convTesting'
import { NO_DROPOUT, randomMatrix } from '../kernels/denseTesting'
import { relativeError } from '../kernels/kernelTesting'
import { padRows } from '../padding'
import { convBackwardInput } from '../reference/convBackwardInput'
import { convBackwardWeights } from '../reference/convBackwardWeights'
import { convForward } from '../reference/convForward'
import type { Dropout } from '../reference/dropout'
import { inputGradient } from '../reference/inputGradient'
import { layerOutput } from '../reference/layerOutput'
import type { Matrix } from '../reference/matrix'
import { compileConvBackward, compileConvForward } from './conv'

/** Relative L2 error allowed against the float64 twins. */
const TOLERANCE = 5e-6
const activation = 'sigmoid'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

const SIZES = [
  [1, 1],
  [5, 7],
  [8, 8],
] as const
/** Input channels, output channels, groups: each form, with and without padding, as many outputs as inputs and not. */
const CHANNELS = [
  [3, 3, 3],
  [4, 4, 4],
  [17, 17, 17],
  [4, 8, 4],
  [3, 15, 3],
  [15, 6, 3],
  [16, 16, 4],
  [8, 16, 2],
  [16, 4, 4],
  [6, 10, 2],
] as const
const GEOMETRIES = [
  { kernel: 1 },
  { kernel: 2, stride: 2 },
  { kernel: 3 },
  { kernel: 3, stride: 2, dilation: 2 },
  { kernel: 4, padding: 'valid' },
  { kernel: 5, stride: 2, padding: 'valid' },
  { kernel: 7, dilation: 2 },
] as const

/** Each pair of channels and geometry; sizes in turn, as far as the kernel fits. */
const LAYERS = CHANNELS.flatMap(([inputs, outputs, groups], first) =>
  GEOMETRIES.map((geometry, second) => {
    const fitting = 'padding' in geometry ? SIZES.slice(1) : SIZES
    const [height, width] = fitting[(first + second) % fitting.length]!
    return randomConvLayer(convCase(3, { height, width, channels: inputs }, outputs, geometry, groups))
  }),
)

interface Form {
  readonly residual?: Matrix
  readonly dropout?: Dropout
  readonly packed?: boolean
}

async function forward(layer: ConvLayer, form: Form = {}) {
  const { residual, packed = false } = form
  const outputs = { activation, addsResidual: residual !== undefined } as const
  const half = await compileConvForward(gpu, { ...layer, packedInput: packed }, outputs)
  return runForward(gpu, half, layer, storedFilters(layer.weights), { ...form, hasActivation: true })
}

function forwardTwin(layer: ConvLayer, { residual, dropout }: Form = {}) {
  return layerOutput(convForward(layer.x, layer.weights, layer.bias, layer), { activation, residual, dropout })
}

interface Share {
  readonly preactivation: Matrix
  readonly dropout?: Dropout
  readonly earlier?: Matrix
}

async function backward(layer: ConvLayer, share: Share | undefined, splits?: number, packed = false) {
  const form = share && ({ activation, accumulates: share.earlier !== undefined } as const)
  const forced = splits === undefined ? undefined : { splits }
  const half = await compileConvBackward(gpu, { ...layer, packedInput: packed }, form, forced)
  return runBackward(gpu, half, layer, storedFilters(layer.weights), share, packed)
}

function shareTwin(layer: ConvLayer, { preactivation, dropout, earlier }: Share): Float64Array {
  const own = convBackwardInput(layer.outputGradient, layer.weights, layer)
  return inputGradient(earlier ? [earlier, own] : [own], { preactivation, activation, dropout }).values
}

/** Grouped weights have padding in their columns alone. */
function storedFilters({ values, rows, columns }: Matrix): Float32Array {
  return padRows(values, rows, columns)
}

function zerosWhere(expected: Float32Array, actual: Float32Array): boolean {
  return expected.every((value, index) => value !== 0 || actual[index] === 0)
}

test.each([false, true])('every form convolves every shape as the twin does; packed input: %s', async (packed) => {
  const failures: string[] = []
  await Promise.all(
    LAYERS.map(async (layer) => {
      const expected = forwardTwin(layer)
      const { z, a } = await forward(layer, { packed })
      const errors = [
        relativeError(z.values, expected.preactivation.values),
        relativeError(a.values, expected.activation.values),
      ]
      if (!(Math.max(...errors) <= TOLERANCE && z.paddingIsZero && a.paddingIsZero)) {
        failures.push(JSON.stringify({ ...layer.input, groups: layer.groups, ...layer.geometry, errors }))
      }
    }),
  )
  expect(failures).toEqual([])
})

test.each([false, true])('all gradients of every form are the twin’s; packed input: %s', async (packed) => {
  const failures: string[] = []
  await Promise.all(
    LAYERS.flatMap((layer) => {
      const { input, output, outputGradient } = layer
      const share = { preactivation: randomMatrix(layer.rows * positionsOf(input), input.channels, 7) }
      const gradients = convBackwardWeights(layer.x, outputGradient, layer)
      const weights = storedFilters(gradients.weights)
      const bias = padRows(gradients.bias, 1, output.channels)
      const expected = shareTwin(layer, share)
      return [1, 5].map(async (splits) => {
        const actual = await backward(layer, packed ? undefined : share, splits, packed)
        const errors = [relativeError(actual.weights, weights), relativeError(actual.bias, bias)]
        if (!packed) errors.push(relativeError(actual.share.values, expected))
        const paddingIsZero = zerosWhere(weights, actual.weights) && zerosWhere(bias, actual.bias)
        if (!(Math.max(...errors) <= TOLERANCE && paddingIsZero && (packed || actual.share.paddingIsZero))) {
          failures.push(JSON.stringify({ ...input, groups: layer.groups, ...layer.geometry, splits, errors }))
        }
      })
    }),
  )
  expect(failures).toEqual([])
})

/** One layer of each form: depthwise with padding, whole quads, single channels. */
const FORMS = (
  [
    [5, 5, 5],
    [8, 16, 2],
    [6, 10, 2],
  ] as const
).map(([inputs, outputs, groups]) =>
  randomConvLayer(convCase(3, { height: 6, width: 5, channels: inputs }, outputs, { stride: 2 }, groups)),
)

test('residual, activation function and dropout of whole channels follow', async () => {
  for (const layer of FORMS) {
    const positions = positionsOf(layer.output)
    const residual = randomMatrix(3 * positions, layer.output.channels, 8)
    const dropout = { rate: 0.3, seed: 5, layer: 1, step: 2, rowsPerMask: positions }
    const expected = forwardTwin(layer, { residual, dropout })
    const { z, a, own } = await forward(layer, { residual, dropout })
    expect(relativeError(own.values, expected.own.values)).toBeLessThan(TOLERANCE)
    expect(relativeError(z.values, expected.preactivation.values)).toBeLessThan(TOLERANCE)
    expect(relativeError(a.values, expected.activation.values)).toBeLessThan(TOLERANCE)
    expect([own.paddingIsZero, z.paddingIsZero, a.paddingIsZero]).toEqual([true, true, true])
  }
})

test('a share is added to those before it, and the last one applies derivative and mask to the sum', async () => {
  for (const layer of FORMS) {
    const { channels } = layer.input
    const [preactivation, earlier] = [randomMatrix(90, channels, 7), randomMatrix(90, channels, 8)]
    const share = { preactivation, earlier, dropout: { ...NO_DROPOUT, rate: 0.4, rowsPerMask: 30 } }
    const { share: actual } = await backward(layer, share)
    expect(relativeError(actual.values, shareTwin(layer, share))).toBeLessThan(TOLERANCE)
    expect(actual.paddingIsZero).toBe(true)
  }
})

test('NaN spoils what sees it in its own group and nothing else', async () => {
  for (const { x, outputGradient, ...layer } of FORMS) {
    const { channels } = layer.output
    const spoiled = { ...layer, x: copyOf(x), outputGradient: copyOf(outputGradient) }
    spoiled.x.values[(30 + 7) * layer.input.channels + 1] = NaN
    const { z } = await forward(spoiled)
    expect(Array.from(z.values, Number.isNaN)).toEqual(
      Array.from(forwardTwin(spoiled).preactivation.values, Number.isNaN),
    )
    expect(z.paddingIsZero).toBe(true)
    spoiled.outputGradient.values[(9 + 4) * channels + channels - 1] = NaN
    const share = { preactivation: randomMatrix(90, layer.input.channels, 7) }
    const actual = await backward(spoiled, share, 2)
    const { weights } = convBackwardWeights(spoiled.x, spoiled.outputGradient, spoiled)
    expect(Array.from(actual.weights, Number.isNaN)).toEqual(Array.from(storedFilters(weights), Number.isNaN))
    expect(actual.bias.findIndex(Number.isNaN)).toBe(channels - 1)
    expect(Array.from(actual.share.values, Number.isNaN)).toEqual(Array.from(shareTwin(spoiled, share), Number.isNaN))
  }
})

function copyOf({ rows, columns, values }: Matrix): Matrix {
  return { rows, columns, values: values.slice() }
}

test('nothing between the slices of the flat gradient buffer is written, and the same bits come twice', async () => {
  for (const layer of FORMS) {
    const written = storedFilters(layer.weights).length + Math.ceil(layer.output.channels / 4) * 4
    const [first, second] = await Promise.all([backward(layer, undefined, 3), backward(layer, undefined, 3)])
    expect(first.flat.filter((value) => value === POISON).length).toBe(first.flat.length - written)
    expect(second.flat).toEqual(first.flat)
    expect(first.dispatches).toBe(2)
  }
})

test('the halves name their form and splits', async () => {
  const names = FORMS.map(async (layer) => {
    const shape = { ...layer, packedInput: false }
    const half = await compileConvBackward(gpu, shape, undefined, { splits: 4 })
    return half.variants['backwardWeights']
  })
  expect(await Promise.all(names)).toEqual([
    'depthwise, 4 splits',
    'whole quads, 4 splits',
    'single channels, 4 splits',
  ])
})
