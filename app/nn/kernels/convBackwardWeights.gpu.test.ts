import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileConvBackward } from '../layers/conv'
import { padRows } from '../padding'
import { convBackwardWeights as twin } from '../reference/convBackwardWeights'
import type { ForcedVariant } from '../variants'
import { POISON, runBackward, zerosInPadding } from './convRuns'
import { CONV_CASES, PATIENCE, convCase, randomConvLayer, storeFilters, type ConvLayer } from './convTesting'
import { ALL_VARIANTS } from './denseTesting'
import { relativeError } from './kernelTesting'

/** Relative L2 error allowed against the float64 twin. */
const TOLERANCE = 5e-6

vi.setConfig({ testTimeout: PATIENCE })

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

function tapsOf({ geometry }: ConvLayer, packed: boolean): number {
  return packed ? 1 : geometry.kernel ** 2
}

async function run(layer: ConvLayer, forced: ForcedVariant, packed = false) {
  const half = await compileConvBackward(gpu, { ...layer, packedInput: packed }, undefined, forced)
  return runBackward(gpu, half, layer, storeFilters(layer.weights, tapsOf(layer, packed)), undefined, packed)
}

test.each([false, true])('every variant computes both gradients of every shape; packed input: %s', async (packed) => {
  const failures: string[] = []
  for (const shape of CONV_CASES) {
    if (packed && shape.input.channels % 4 === 0) continue
    const layer = randomConvLayer(shape)
    const expected = twin(layer.x, layer.outputGradient, layer)
    const weights = storeFilters(expected.weights, tapsOf(layer, packed))
    const bias = padRows(expected.bias, 1, shape.output.channels)
    await Promise.all(
      ALL_VARIANTS.map(async (variant) => {
        const actual = await run(layer, variant, packed)
        const errors = [relativeError(actual.weights, weights), relativeError(actual.bias, bias)]
        const paddingIsZero =
          zerosInPadding(actual.weights, layer.weights, tapsOf(layer, packed)) &&
          actual.bias.subarray(shape.output.channels).every((value) => value === 0)
        if (!(Math.max(...errors) <= TOLERANCE && paddingIsZero)) {
          failures.push(JSON.stringify({ ...shape, variant, errors, paddingIsZero }))
        }
      }),
    )
  }
  expect(failures).toEqual([])
})

test('nothing between the slices of the flat gradient buffer is written', async () => {
  const layer = randomConvLayer(convCase(2, { height: 5, width: 6, channels: 5 }, 3, {}))
  for (const variant of [
    { tile: 32, splits: 1 },
    { tile: 32, splits: 4 },
  ] as const) {
    const { flat, dispatches } = await run(layer, variant)
    expect(dispatches).toBe(variant.splits === 1 ? 1 : 2)
    expect(flat.filter((value) => value === POISON).length).toBe(flat.length - 9 * 8 * 4 - 4)
  }
})

test('NaN in an image spoils the taps that saw it and no other weight, in every variant', async () => {
  const layer = randomConvLayer(convCase(2, { height: 4, width: 4, channels: 3 }, 2, { padding: 'valid' }))
  // The upper left corner meets one tap only.
  layer.x.values[1] = NaN
  const { weights } = twin(layer.x, layer.outputGradient, layer)
  expect(weights.values.filter(Number.isNaN).length).toBe(2)
  for (const packed of [false, true]) {
    const expected = Array.from(storeFilters(weights, tapsOf(layer, packed)), Number.isNaN)
    for (const variant of ALL_VARIANTS) {
      const actual = await run(layer, variant, packed)
      expect(Array.from(actual.weights, Number.isNaN)).toEqual(expected)
      expect(actual.bias.some(Number.isNaN)).toBe(false)
      expect(zerosInPadding(actual.weights, layer.weights, tapsOf(layer, packed))).toBe(true)
    }
  }
})

test('the same input gives the same bits twice, in every variant', async () => {
  const layer = randomConvLayer(convCase(3, { height: 7, width: 9, channels: 13 }, 9, { stride: 2 }))
  for (const variant of ALL_VARIANTS) {
    const [first, second] = await Promise.all([run(layer, variant), run(layer, variant)])
    expect(second.flat).toEqual(first.flat)
  }
})
