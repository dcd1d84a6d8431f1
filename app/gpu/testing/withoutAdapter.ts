import { wrapMethod } from './wrapMethod'

/** Runs `work` as in a browser that knows WebGPU and has no graphics adapter. */
export async function withoutAdapter(work: () => Promise<void>): Promise<void> {
  const restore = wrapMethod(GPU.prototype, 'requestAdapter', () => () => Promise.resolve(null))
  try {
    await work()
  } finally {
    restore()
  }
}
