import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { positionsOf } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileConvBackward } from '../layers/conv'
import { convBackwardInput as share } from '../reference/convBackwardInput'
import type { Dropout } from '../reference/dropout'
import { inputGradient as finish } from '../reference/inputGradient'
import type { Matrix } from '../reference/matrix'
import type { ForcedVariant } from '../variants'
import { runBackward } from './convRuns'
import {
  CONV_CASES,
  PATIENCE,
  convCase,
  randomConvLayer,
  storeFilters,
  type ConvCase,
  type ConvLayer,
} from './convTesting'
import { ALL_VARIANTS, NO_DROPOUT, randomMatrix } from './denseTesting'
import { relativeError } from './kernelTesting'

/** Relative L2 error allowed against the float64 twin. */
const TOLERANCE = 5e-6

vi.setConfig({ testTimeout: PATIENCE })

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** Of the layer that made the input. */
const activation = 'sigmoid'

interface Layer extends ConvLayer {
  readonly preactivation: Matrix
  readonly dropout: Dropout
}

function randomLayer(shape: ConvCase, dropout = NO_DROPOUT): Layer {
  const preactivation = randomMatrix(shape.rows * positionsOf(shape.input), shape.input.channels, 5)
  return { ...randomConvLayer(shape), preactivation, dropout }
}

async function run(layer: Layer, forced: ForcedVariant, earlier?: Matrix) {
  const form = { activation, accumulates: earlier !== undefined } as const
  const half = await compileConvBackward(gpu, { ...layer, packedInput: false }, form, forced)
  const filters = storeFilters(layer.weights, layer.geometry.kernel ** 2)
  const { preactivation, dropout } = layer
  return (await runBackward(gpu, half, layer, filters, { preactivation, dropout, earlier })).share
}

function twin(layer: Layer, earlier: readonly Matrix[] = []): Float64Array {
  const own = share(layer.outputGradient, layer.weights, layer)
  return finish([...earlier, own], { ...layer, activation }).values
}

const UNSPLIT = ALL_VARIANTS.filter(({ splits }) => splits === 1)

test('every variant computes the gradient in the input of every shape as the twin does', async () => {
  const failures: string[] = []
  for (const shape of CONV_CASES) {
    const layer = randomLayer(shape)
    const expected = twin(layer)
    await Promise.all(
      UNSPLIT.map(async (variant) => {
        const { values, paddingIsZero } = await run(layer, variant)
        const error = relativeError(values, expected)
        if (!(error <= TOLERANCE && paddingIsZero)) {
          failures.push(JSON.stringify({ ...shape, variant, error, paddingIsZero }))
        }
      }),
    )
  }
  expect(failures).toEqual([])
})

test('strides beyond the kernel leave gaps of zeros, and common factors with the dilation repeat taps', async () => {
  const image = { height: 9, width: 11, channels: 5 }
  for (const geometry of [
    { kernel: 2, stride: 5 },
    { kernel: 1, stride: 3, padding: 'valid' },
    { kernel: 5, stride: 4, dilation: 2 },
    { kernel: 4, stride: 3, dilation: 3 },
    { kernel: 3, stride: 6, dilation: 4 },
  ] as const) {
    const layer = randomLayer(convCase(2, image, 6, geometry))
    const expected = twin(layer)
    for (const variant of [{ tile: 8 }, { tile: 32 }] as const) {
      const { values } = await run(layer, variant)
      expect(relativeError(values, expected), JSON.stringify(geometry)).toBeLessThan(TOLERANCE)
      expect(Array.from(values, (value) => value === 0)).toEqual(Array.from(expected, (value) => value === 0))
    }
  }
})

test('a share is added to those before it, and the last one applies derivative and mask to the sum', async () => {
  const dropout = { rate: 0.4, seed: 9, layer: 3, step: 2, rowsPerMask: 30 }
  const layer = randomLayer(convCase(3, { height: 6, width: 5, channels: 10 }, 7, { stride: 2 }), dropout)
  const earlier = randomMatrix(3 * 30, 10, 7)
  const expected = twin(layer, [earlier])
  for (const tile of [8, 32] as const) {
    const { values, paddingIsZero } = await run(layer, { tile }, earlier)
    expect(relativeError(values, expected)).toBeLessThan(TOLERANCE)
    expect(paddingIsZero).toBe(true)
  }
})

test('NaN in a gradient spoils the positions its kernel covered and no other, in every variant', async () => {
  const layer = randomLayer(convCase(2, { height: 5, width: 5, channels: 3 }, 2, { stride: 2 }))
  layer.outputGradient.values[(9 + 4) * 2] = NaN
  const expected = Array.from(twin(layer), Number.isNaN)
  expect(expected.filter(Boolean).length).toBe(9 * 3)
  for (const variant of UNSPLIT) {
    const { values, paddingIsZero } = await run(layer, variant)
    expect(Array.from(values, Number.isNaN)).toEqual(expected)
    expect(paddingIsZero).toBe(true)
  }
})

test('the same input gives the same bits twice, in every variant', async () => {
  const layer = randomLayer(convCase(3, { height: 7, width: 9, channels: 13 }, 9, { stride: 2 }))
  for (const variant of UNSPLIT) {
    const [first, second] = await Promise.all([run(layer, variant), run(layer, variant)])
    expect(second.values).toEqual(first.values)
  }
})
