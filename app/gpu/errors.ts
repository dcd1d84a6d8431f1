/** What can go wrong between the page and the GPU; each is explained to the user in its own words. */
export type GpuFault =
  | 'webgpu-missing'
  | 'adapter-missing'
  | 'limit-too-low'
  | 'device-lost'
  | 'out-of-memory'
  | 'shader-invalid'
  | 'validation'
  /** Not a fault of the GPU: what was waited for was closed meanwhile. */
  | 'released'

/** The one error type of this room. `fault` is for programs, `message` (what, where, what to do) for people. */
export class GpuError extends Error {
  override readonly name = 'GpuError'
  readonly fault: GpuFault

  constructor(fault: GpuFault, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}

/** Turns the browser's error object into ours; the message carries the label of the kernel or buffer at fault. */
export function fromUncapturedError(error: GPUError): GpuError {
  if (error instanceof GPUOutOfMemoryError) {
    return new GpuError(
      'out-of-memory',
      `The GPU is out of memory (${error.message}). Choose a smaller batch, fewer units or less data.`,
    )
  }
  return new GpuError('validation', `WebGPU refused a command: ${error.message}`)
}

/**
 * Does work that allocates.
 * @throws GpuError `out-of-memory` where the device could not hold it, or what `work` throws.
 */
export async function reportOutOfMemory<Result>(device: GPUDevice, work: () => Promise<Result>): Promise<Result> {
  device.pushErrorScope('out-of-memory')
  let memoryError: GPUError | null = null
  let result: Result
  try {
    result = await work()
  } finally {
    memoryError = await device.popErrorScope()
  }
  if (memoryError) throw fromUncapturedError(memoryError)
  return result
}
