import { wholeBuffer } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import { submitPlan, type Plan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'

/** Helpers of the kernel tests. */

/** Runs dispatches and reads whole buffers back, in the order given. */
export async function runAndRead(gpu: Gpu, plan: Plan, buffers: readonly GPUBuffer[]): Promise<Float32Array[]> {
  submitPlan(gpu.device, plan)
  return Promise.all(buffers.map((buffer) => readFloats(gpu, buffer)))
}

export async function readFloats(gpu: Gpu, buffer: GPUBuffer): Promise<Float32Array> {
  return new Float32Array(await readSlice(gpu, wholeBuffer(buffer)))
}

export async function readWords(gpu: Gpu, buffer: GPUBuffer): Promise<Uint32Array> {
  return new Uint32Array(await readSlice(gpu, wholeBuffer(buffer)))
}

/** ‖actual − expected‖₂ / ‖expected‖₂; ‖actual‖₂ where all expected values are 0. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity
  let difference = 0
  let norm = 0
  for (let index = 0; index < expected.length; index++) {
    difference += (actual[index]! - expected[index]!) ** 2
    norm += expected[index]! ** 2
  }
  return Math.sqrt(norm > 0 ? difference / norm : difference)
}

/** Numbers in [−scale, scale), the same for the same seed, exact in f32. */
export function testValues(length: number, seed: number, scale = 1): Float32Array {
  let state = (seed * 2_654_435_761) >>> 0
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2 ** 31 - 1) * scale
  })
}
