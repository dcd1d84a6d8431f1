import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Activation } from '../../experiment/spec'
import { positionsOf } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileConvForward } from '../layers/conv'
import { convForward } from '../reference/convForward'
import type { Dropout } from '../reference/dropout'
import { layerOutput } from '../reference/layerOutput'
import type { Matrix } from '../reference/matrix'
import type { ForcedVariant } from '../variants'
import { POISON, runForward } from './convRuns'
import { CONV_CASES, PATIENCE, convCase, randomConvLayer, storeFilters, type ConvLayer } from './convTesting'
import { ALL_VARIANTS, randomMatrix } from './denseTesting'
import { relativeError } from './kernelTesting'

/** Relative L2 error allowed against the float64 twin. */
const TOLERANCE = 5e-6

vi.setConfig({ testTimeout: PATIENCE })

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** Everywhere the same where nothing else is asked for: each form of a kernel is compiled anew. */
const USUAL = 'sigmoid'

interface Form {
  /** Undefined: none. */
  readonly activation?: Activation | undefined
  readonly residual?: Matrix
  readonly dropout?: Dropout
  readonly packed?: boolean
}

async function run(layer: ConvLayer, forced: ForcedVariant, form: Form = {}) {
  const { activation, residual, packed = false } = { activation: USUAL, ...form } as const
  const shape = { ...layer, packedInput: packed }
  const half = await compileConvForward(gpu, shape, { activation, addsResidual: residual !== undefined }, forced)
  const taps = packed ? 1 : layer.geometry.kernel ** 2
  return runForward(gpu, half, layer, storeFilters(layer.weights, taps), {
    ...form,
    hasActivation: activation !== undefined,
  })
}

function twin(layer: ConvLayer, { activation = USUAL, dropout, residual }: Form = {}) {
  return layerOutput(convForward(layer.x, layer.weights, layer.bias, layer), { activation, dropout, residual })
}

test.each([false, true])('every variant convolves every shape as the twin does; packed input: %s', async (packed) => {
  const failures: string[] = []
  for (const shape of CONV_CASES) {
    if (packed && shape.input.channels % 4 === 0) continue
    const layer = randomConvLayer(shape)
    const expected = twin(layer)
    await Promise.all(
      ALL_VARIANTS.map(async (variant) => {
        const { z, a } = await run(layer, variant, { packed })
        const errors = [
          relativeError(z.values, expected.preactivation.values),
          relativeError(a.values, expected.activation.values),
        ]
        if (!(Math.max(...errors) <= TOLERANCE && z.paddingIsZero && a.paddingIsZero)) {
          failures.push(JSON.stringify({ ...shape, variant, errors, z: z.paddingIsZero, a: a.paddingIsZero }))
        }
      }),
    )
  }
  expect(failures).toEqual([])
})

test('an input whose channels fill their quads is the same packed or not', async () => {
  const layer = randomConvLayer(convCase(2, { height: 5, width: 7, channels: 8 }, 6, {}))
  const [padded, packed] = await Promise.all([run(layer, { tile: 8 }), run(layer, { tile: 8 }, { packed: true })])
  expect(packed.z.values).toEqual(padded.z.values)
})

test('a residual is added before the activation function, and the convolution’s own result is kept', async () => {
  const layer = randomConvLayer(convCase(3, { height: 6, width: 5, channels: 9 }, 7, { stride: 2 }))
  const residual = randomMatrix(layer.rows * positionsOf(layer.output), 7, 8)
  const form = { residual }
  const expected = twin(layer, form)
  for (const variant of [{ tile: 8 }, { tile: 32, splits: 4 }] as const) {
    const { z, a, own } = await run(layer, variant, form)
    expect(relativeError(own.values, expected.own.values)).toBeLessThan(TOLERANCE)
    expect(relativeError(z.values, expected.preactivation.values)).toBeLessThan(TOLERANCE)
    expect(relativeError(a.values, expected.activation.values)).toBeLessThan(TOLERANCE)
    expect([own.paddingIsZero, z.paddingIsZero, a.paddingIsZero]).toEqual([true, true, true])
  }
})

test('whole channels of a sample are dropped together', async () => {
  const layer = randomConvLayer(convCase(4, { height: 4, width: 3, channels: 5 }, 6, {}))
  const dropout = { rate: 0.4, seed: 5, layer: 1, step: 2, rowsPerMask: 12 }
  const expected = twin(layer, { dropout }).activation.values
  for (const variant of [{ tile: 8 }, { tile: 32, splits: 2 }] as const) {
    const { a } = await run(layer, variant, { dropout })
    expect(relativeError(a.values, expected)).toBeLessThan(TOLERANCE)
    expect(Array.from(a.values, (value) => value === 0)).toEqual(Array.from(expected, (value) => value === 0))
  }
  expect(expected.some((value) => value === 0)).toBe(true)
})

test('without an activation function the activation buffer is left alone', async () => {
  const layer = randomConvLayer(convCase(1, { height: 4, width: 4, channels: 20 }, 6, {}))
  for (const splits of [1, 3]) {
    const { z, a, dispatches } = await run(layer, { tile: 32, splits }, { activation: undefined })
    expect(relativeError(z.values, twin(layer).preactivation.values)).toBeLessThan(TOLERANCE)
    expect(a.values.every((value) => value === POISON)).toBe(true)
    expect(dispatches).toBe(splits === 1 ? 1 : 2)
  }
})

test('NaN spoils the positions that see it and no other, in every variant', async () => {
  const layer = randomConvLayer(convCase(2, { height: 5, width: 5, channels: 3 }, 2, {}))
  layer.x.values[(25 + 6) * 3] = NaN
  const expected = Array.from(twin(layer).preactivation.values, Number.isNaN)
  expect(expected.filter(Boolean).length).toBe(9 * 2)
  for (const variant of ALL_VARIANTS) {
    for (const packed of [false, true]) {
      const { z } = await run(layer, variant, { packed })
      expect(Array.from(z.values, Number.isNaN)).toEqual(expected)
      expect(z.paddingIsZero).toBe(true)
    }
  }
})

test('the same input gives the same bits twice, in every variant', async () => {
  const layer = randomConvLayer(convCase(3, { height: 7, width: 9, channels: 13 }, 9, { dilation: 2 }))
  for (const variant of ALL_VARIANTS) {
    const [first, second] = await Promise.all([run(layer, variant), run(layer, variant)])
    expect(second.z.values).toEqual(first.z.values)
  }
})
