import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { countConstant as countTwin, meanActivation, unitRanges as twin } from '../reference/unitRanges'
import { correlatedActivations, padToQuads } from '../testing/activations'
import { createUnitMeter } from '../unitMeter'
import { countConstant, rangesLength, sumsLength, unitRanges, unitRangesDispatch } from './unitRanges'

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

const DENORMAL = 1e-42

/** Every third unit is constant; further ones are so but for one sample, of which some are not finite or as good as 0. */
function activationsOf(rows: number, width: number): Float32Array {
  const values = correlatedActivations(rows, width, 3, width)
  const set = (unit: number, value: (row: number) => number): void => {
    if (unit >= width) return
    for (let row = 0; row < rows; row++) values[row * width + unit] = value(row)
  }
  for (let unit = 0; unit < width; unit += 3) set(unit, () => (unit % 2 === 0 ? 0 : -1.25))
  const last = rows - 1
  set(1, (row) => (row === last ? 1 : 0))
  set(4, (row) => (row === last ? Number.NaN : 0))
  set(7, (row) => (row === last ? -Infinity : 2))
  set(10, (row) => (row % 2 === 0 ? 0 : -0))
  set(13, (row) => (row === last ? DENORMAL : -DENORMAL))
  set(14, () => Number.NaN)
  set(16, () => Infinity)
  return values
}

/** The number whose key is `key`. */
function decodeKey(key: number): number {
  const bits = key >= 2 ** 31 ? key - 2 ** 31 : ~key >>> 0
  return new Float32Array(Uint32Array.of(bits).buffer)[0]!
}

test('ranges and counts equal the float64 twin’s over awkward sizes, in one go and in two', async () => {
  const kernel = await gpu.pipelines.compile(unitRanges, {})
  for (const rows of [1, 2, 7, 8, 9, 127, 128, 129, 300]) {
    for (const width of [1, 3, 17, 31, 32, 33, 65]) {
      const values = activationsOf(rows, width)
      const expected = twin(values, rows, width)
      const stride = 4 * Math.ceil(width / 4)
      const half = Math.ceil(rows / 2)
      // Chunks of 128 rows, and longer ones.
      const mostWorkgroups = rows % 2 === 0 ? 256 : 2
      for (const cuts of [
        [0, rows],
        [0, half, rows],
      ]) {
        const ranges = wholeBuffer(scope.storage('ranges', rangesLength(width) * 4))
        const sums = wholeBuffer(scope.storage('sums', sumsLength(width, mostWorkgroups) * 4))
        cuts.slice(1).forEach((end, index) => {
          const first = cuts[index]!
          if (first === end) return
          const part = padToQuads(values.subarray(first * width, end * width), end - first, width)
          const source = wholeBuffer(scope.storageWith('activations', part))
          const buffers = { source, ranges, sums }
          submitPlan(gpu.device, [
            unitRangesDispatch(kernel, scope, { rows: end - first, width, mostWorkgroups }, buffers),
          ])
        })
        const read = new Uint32Array(await readSlice(gpu, ranges))
        const name = `${rows} × ${width} in ${cuts.length - 1}`
        expect(countConstant(read, width), name).toBe(countTwin(expected))
        for (let feature = 0; feature < width; feature++) {
          if (!Number.isFinite(expected.lowest[feature]!)) continue
          expect(decodeKey(read[feature]!), name).toBe(expected.highest[feature]!)
          expect(decodeKey(~read[stride + feature]! >>> 0), name).toBe(expected.lowest[feature]!)
        }
      }
      scope.destroy()
      scope = new BufferScope(gpu)
    }
  }
})

test('a unit is dead where it has one value, and not where it is NaN or infinite', () => {
  const rows = 40
  expect(countTwin(twin(activationsOf(rows, 18), rows, 18))).toBe(6 + 2)
})

test('the mean of all values is the float64 twin’s over awkward sizes, and NaN where one is', async () => {
  for (const [rows, width] of [
    [1, 1],
    [7, 3],
    [129, 17],
    [300, 33],
    [2000, 260],
    [40_000, 4],
  ] as const) {
    const values = correlatedActivations(rows, width, 3, width).map((value) => value + 1)
    const expected = meanActivation(Float64Array.from(values), rows, width)
    const meter = await createUnitMeter(gpu, scope, [width])
    const upload = (first: number, end: number) =>
      wholeBuffer(
        scope.storageWith('activations', padToQuads(values.subarray(first * width, end * width), end - first, width)),
      )
    const half = Math.ceil(rows / 2)
    submitPlan(gpu.device, [...meter.reset, ...meter.accumulate(0, upload(0, half), half)])
    if (half < rows) submitPlan(gpu.device, meter.accumulate(0, upload(half, rows), rows - half))
    const [figures] = meter.decode(await readSlice(gpu, meter.results[0]!), [rows])
    expect(Math.abs(figures!.mean - expected), `${rows} × ${width}`).toBeLessThanOrEqual(5e-6 * Math.abs(expected))
    values[values.length - 1] = Number.NaN
    submitPlan(gpu.device, meter.accumulate(0, upload(rows - 1, rows), 1))
    expect(meter.decode(await readSlice(gpu, meter.results[0]!), [rows + 1])[0]!.mean).toBeNaN()
  }
})

test('a meter begins anew, and keeps its outputs apart', async () => {
  const rows = 200
  const meter = await createUnitMeter(gpu, scope, [4, 70])
  const upload = (values: Float32Array, width: number) =>
    wholeBuffer(scope.storageWith('activations', padToQuads(values, rows, width)))
  const [narrow, wide] = [activationsOf(rows, 4), correlatedActivations(rows, 70, 3, 2)]
  wide.forEach((_, at) => at % 70 < 9 && (wide[at] = 1))
  const noise = upload(correlatedActivations(rows, 70, 3, 1), 70)
  submitPlan(gpu.device, [...meter.reset, ...meter.accumulate(1, noise, rows)])
  submitPlan(gpu.device, [
    ...meter.reset,
    ...meter.accumulate(0, upload(narrow, 4), rows),
    ...meter.accumulate(1, upload(wide, 70), rows),
  ])
  const [first, second] = meter.decode(await readSlice(gpu, meter.results[0]!), [rows, rows])
  expect(first!.constant).toBe(countTwin(twin(narrow, rows, 4)))
  expect(second!.constant).toBe(9)
  expect(first!.mean).toBeCloseTo(meanActivation(Float64Array.from(narrow), rows, 4), 5)
  expect(second!.mean).toBeCloseTo(meanActivation(Float64Array.from(wide), rows, 70), 5)
})
