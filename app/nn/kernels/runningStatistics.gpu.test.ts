import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { compileRunningStatistics } from '../layers/batchNorm'
import { updateRunningStatistics } from '../reference/batchNorm'
import { relativeError, runAndRead, testValues } from './kernelTesting'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

/** @param latchStep 0, or the update that was refused. */
async function run(running: Float32Array, batch: Float32Array, latchStep = 0): Promise<Float32Array> {
  const dispatch = await compileRunningStatistics(gpu, running.length)
  const scope = new BufferScope(gpu)
  // `Control` of shaders/shared/control.wgsl; its fourth word is the latch.
  const control = Uint32Array.from({ length: 12 }, (_, word) => (word === 3 ? latchStep : 0))
  const buffers = {
    batch: wholeBuffer(scope.storageWith('batch', batch)),
    running: wholeBuffer(scope.storageWith('running', running)),
    control: wholeBuffer(scope.storageWith('control', control)),
  }
  const [result] = await runAndRead(gpu, [dispatch(scope, buffers)], [buffers.running.buffer])
  scope.destroy()
  return result!
}

test.each([4, 252, 256, 260, 70_000])('%i running statistics move as the twin’s do', async (length) => {
  const running = testValues(length, 1)
  const batch = testValues(length, 2, 30)
  const expected = Float64Array.from(running)
  updateRunningStatistics(expected, Float64Array.from(batch))
  expect(relativeError(await run(running, batch), expected)).toBeLessThan(5e-7)
})

test('nothing moves once a step was refused', async () => {
  const running = testValues(64, 1)
  expect(await run(running, testValues(64, 2), 17)).toEqual(running)
})

test('what a batch would make infinite or NaN stays, and its neighbours move', async () => {
  const running = Float32Array.of(1, 2, 3, 4, -3.4e38, 0, 0, 0)
  const batch = Float32Array.of(NaN, Infinity, -Infinity, 14, 3.4e38, 10, 0, 0)
  expect(Array.from(await run(running, batch))).toEqual([1, 2, 3, 5, Math.fround(-3.4e38), 1, 0, 0])
})
