import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { sampleMaps } from '../reference/sampleMaps'
import type { FeatureMaps, Pooling } from '../sampling'
import { padToQuads } from '../testing/activations'
import { AWKWARD_MAPS, randomMaps } from '../testing/featureMaps'
import { quadCount } from './covariancePass'
import { poolConstants, poolMaps, poolMapsDispatch } from './poolMaps'

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

type Shape = FeatureMaps & { readonly rows: number }

/** @returns [rows, channels4], over what the place of the result held before. */
async function pool(pooling: Pooling, shape: Shape, values: Float32Array, software: boolean): Promise<Float32Array> {
  const { rows, positions, channels } = shape
  const constants = poolConstants(pooling, shape, { software })
  const kernel = await gpu.pipelines.compile(poolMaps, constants)
  const source = wholeBuffer(scope.storageWith('maps', padToQuads(values, rows * positions, channels)))
  const before = new Float32Array(4 * rows * quadCount(channels)).fill(Number.NaN)
  const pooled = wholeBuffer(scope.storageWith('pooled', before))
  submitPlan(gpu.device, [poolMapsDispatch({ kernel, constants }, scope, shape, { source, pooled }, pooling)])
  return new Float32Array(await readSlice(gpu, pooled))
}

function expectPooled(pooling: Pooling, shape: Shape, values: Float32Array, pooled: Float32Array): void {
  const { rows, channels, positions } = shape
  const twin = sampleMaps(pooling, values, rows, shape)
  const expected = padToQuads(Float32Array.from(twin.values), rows, channels)
  const name = `${pooling} of ${positions} positions, ${channels} channels`
  // Means are rounded; largest and middle numbers are those of the map themselves, and zero has no sign.
  const tolerance = pooling === 'mean' ? 1e-6 : 0
  const wrong = Array.from(expected.keys()).filter((at) => {
    if (Number.isNaN(expected[at]!)) return !Number.isNaN(pooled[at]!)
    return !(Math.abs(pooled[at]! - expected[at]!) <= tolerance)
  })
  expect(wrong, name).toEqual([])
}

describe.each([{ software: false }, { software: true }])('pooled maps (%o)', ({ software }) => {
  test.each(['mean', 'max', 'median'] as const)('are those of the float64 twin: %s', async (pooling) => {
    for (const shape of AWKWARD_MAPS) {
      const values = randomMaps(shape)
      expectPooled(pooling, shape, values, await pool(pooling, shape, values, software))
    }
  })

  test.each(['mean', 'max', 'median'] as const)('are NaN where a number is, and nowhere else: %s', async (pooling) => {
    const shape = { rows: 5, positions: 35, channels: 6 }
    const values = randomMaps(shape)
    // The sign of a NaN says nothing; a NaN with it has the largest bits of all.
    const bits = new Uint32Array(values.buffer)
    for (const [row, position, channel, nan] of [
      [0, 0, 0, 0x7fc00000],
      [1, 34, 3, 0xffc00000],
      [4, 17, 5, 0xffffffff],
    ] as const) {
      bits[(row * shape.positions + position) * shape.channels + channel] = nan
    }
    const pooled = await pool(pooling, shape, values, software)
    expect(pooled.filter(Number.isNaN)).toHaveLength(3)
    expectPooled(pooling, shape, values, pooled)
  })
})

test('a median is the lower of the two in the middle, whatever the signs, and infinities count as numbers', async () => {
  const maps: [numbers: readonly number[], median: number, largest: number][] = [
    [[4, 1, 3, 2], 2, 4],
    [[-1, -4, -2, -3], -3, -1],
    [[-1, 1, 0, -0], 0, 1],
    [[7, 7, 7, -7], 7, 7],
    [[Infinity, 1, -Infinity, 2], 1, Infinity],
    [[-Infinity, -Infinity, -Infinity, 5], -Infinity, 5],
    [[3.4e38, -3.4e38, 1e-30, -1e-30], Math.fround(-1e-30), Math.fround(3.4e38)],
  ]
  const shape = { rows: maps.length, positions: 4, channels: 1 }
  const values = Float32Array.from(maps.flatMap(([numbers]) => numbers))
  const firsts = (pooled: Float32Array) => Array.from(pooled).filter((_, at) => at % 4 === 0)
  for (const software of [false, true]) {
    const medians = firsts(await pool('median', shape, values, software))
    const maxima = firsts(await pool('max', shape, values, software))
    expect(medians.map((value) => value + 0)).toEqual(maps.map(([, median]) => median))
    expect(maxima.map((value) => value + 0)).toEqual(maps.map(([, , largest]) => largest))
  }
})

test('means hold where a map lies far from 0', async () => {
  const shape = { rows: 4, positions: 784, channels: 2 }
  const values = randomMaps(shape).map((value) => 1000 + value / 10)
  for (const software of [false, true]) {
    const pooled = await pool('mean', shape, values, software)
    const { values: expected } = sampleMaps('mean', values, shape.rows, shape)
    for (let row = 0; row < shape.rows; row++) {
      // Half a unit in the last place of 1000 is 3e-5; summed without care the error is twenty times that.
      expect(Math.abs(pooled[4 * row]! - expected[2 * row]!)).toBeLessThanOrEqual(6e-5)
    }
  }
})

test('loops stay short enough for every adapter, and workgroups small enough', () => {
  for (const software of [false, true]) {
    for (const positions of [2, 64, 784, 4096, 65_536]) {
      for (const channels of [1, 16, 512]) {
        const { SLOTS, LANES } = poolConstants('median', { positions, channels }, { software })
        expect(SLOTS * LANES).toBeLessThanOrEqual(256)
        expect((33 * positions) / LANES).toBeLessThanOrEqual(60_000)
      }
    }
  }
})
