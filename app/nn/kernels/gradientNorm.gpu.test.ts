import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { penalisedSquares } from '../reference/gradientNorm'
import { GRADIENT_PARTIAL_BYTES, gradientNorm, gradientNormDispatch, gradientPartialCount } from './gradientNorm'
import { readFloats, relativeError, testValues } from './kernelTesting'
import { reductionConstants, type ReducingAdapter } from './reductionLanes'

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

/** Workgroups as a GPU gets them and as a software adapter does. */
const ADAPTERS = [{ software: false }, { software: true }]

async function runNorm(
  adapter: ReducingAdapter,
  gradients: Float32Array,
  parameters: Float32Array,
  weightLength: number,
  penalties = { l1: 0, l2: 0 },
): Promise<{ squares: number; nonfinite: boolean; gradients: Float32Array }> {
  const kernel = await gpu.pipelines.compile(gradientNorm, reductionConstants(adapter))
  const layout = { length: gradients.length, weightLength }
  const buffers = {
    gradients: wholeBuffer(scope.storageWith('gradients', gradients)),
    parameters: wholeBuffer(scope.storageWith('parameters', parameters)),
    gradientPartials: wholeBuffer(
      scope.storage('partials', gradientPartialCount(layout.length) * GRADIENT_PARTIAL_BYTES),
    ),
  }
  submitPlan(gpu.device, [gradientNormDispatch(kernel, scope, layout, penalties, buffers)])
  const partials = await readSlice(gpu, buffers.gradientPartials)
  const squares = new Float32Array(partials).filter((_, index) => index % 2 === 0)
  const flags = new Uint32Array(partials).filter((_, index) => index % 2 === 1)
  return {
    squares: squares.reduce((a, b) => a + b, 0),
    nonfinite: flags.some((flag) => flag !== 0),
    gradients: await readFloats(gpu, buffers.gradients.buffer),
  }
}

/** One word, one workgroup and its neighbours, and more words than one sweep of all workgroups. */
const LENGTHS = [4, 12, 1020, 1024, 1028, 70_000, 4 * 256 * 256 + 8]

test.each(ADAPTERS)('squares and penalised gradients are those of the float64 twin (%o)', async (adapter) => {
  for (const length of LENGTHS) {
    for (const penalties of [
      { l1: 0, l2: 0 },
      { l1: 0.01, l2: 0.3 },
    ]) {
      const gradients = testValues(length, 1)
      const parameters = testValues(length, 2)
      parameters.fill(0, 0, 2)
      const weightLength = Math.ceil(length / 8) * 4
      const expected = Float64Array.from(gradients)
      const squares = penalisedSquares(expected, Float64Array.from(parameters), weightLength, penalties)
      const result = await runNorm(adapter, gradients, parameters, weightLength, penalties)
      expect(Math.abs(result.squares / squares - 1), `${length}`).toBeLessThan(5e-6)
      expect(relativeError(result.gradients, expected), `${length}`).toBeLessThan(5e-7)
      expect(result.nonfinite).toBe(false)
    }
  }
})

test.each(ADAPTERS)(
  'one NaN or infinity anywhere is found, and huge finite numbers are not taken for one (%o)',
  async (adapter) => {
    const length = 70_000
    for (const poison of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const at of [0, 1023, 65_537, length - 1]) {
        const gradients = testValues(length, 1)
        gradients[at] = poison
        expect((await runNorm(adapter, gradients, gradients, 0)).nonfinite, `${poison} at ${at}`).toBe(true)
      }
    }
    expect((await runNorm(adapter, testValues(length, 1, 3e38), new Float32Array(length), 0)).nonfinite).toBe(false)
  },
)
