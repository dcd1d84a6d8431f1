import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { createDeadUnitCounter } from '../deadUnits'
import { countConstant as countTwin, unitRanges as twin } from '../reference/unitRanges'
import { correlatedActivations, padToQuads } from '../testing/activations'
import { countConstant, rangesLength, unitRanges, unitRangesDispatch } from './unitRanges'

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
      for (const cuts of [
        [0, rows],
        [0, half, rows],
      ]) {
        const ranges = wholeBuffer(scope.storage('ranges', rangesLength(width) * 4))
        cuts.slice(1).forEach((end, index) => {
          const first = cuts[index]!
          if (first === end) return
          const part = padToQuads(values.subarray(first * width, end * width), end - first, width)
          const source = wholeBuffer(scope.storageWith('activations', part))
          submitPlan(gpu.device, [unitRangesDispatch(kernel, scope, { rows: end - first, width }, { source, ranges })])
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

test('a counter begins anew, and leaves out outputs without an activation function', async () => {
  const rows = 200
  const counter = await createDeadUnitCounter(gpu, scope, [5, undefined, 70])
  const upload = (values: Float32Array, width: number) =>
    wholeBuffer(scope.storageWith('activations', padToQuads(values, rows, width)))
  const [narrow, wide] = [activationsOf(rows, 5), activationsOf(rows, 70)]
  const noise = upload(correlatedActivations(rows, 70, 3, 1), 70)
  submitPlan(gpu.device, [...counter.reset, ...counter.accumulate(2, noise, rows)])
  submitPlan(gpu.device, [
    ...counter.reset,
    ...counter.accumulate(0, upload(narrow, 5), rows),
    ...counter.accumulate(1, noise, rows),
    ...counter.accumulate(2, upload(wide, 70), rows),
  ])
  const counted = counter.decode(await readSlice(gpu, counter.results[0]!))
  expect(counted).toEqual([countTwin(twin(narrow, rows, 5)), undefined, countTwin(twin(wide, rows, 70))])
})
