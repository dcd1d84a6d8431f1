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

type ScopedDevice = Pick<GPUDevice, 'pushErrorScope' | 'popErrorScope'>

/** By device: the work that has its error scope open, or waits for it. */
const scopedWork = new WeakMap<ScopedDevice, Promise<unknown>>()

/**
 * Does work that allocates, one after another: error scopes are a stack of the device, so two that overlap would take
 * each other's errors.
 * @throws GpuError `out-of-memory` where the device could not hold it, or what `work` throws.
 */
export function reportOutOfMemory<Result>(device: ScopedDevice, work: () => Promise<Result>): Promise<Result> {
  const before = scopedWork.get(device) ?? Promise.resolve()
  const done = before.then(() => doScoped(device, work))
  // How one ends is for its caller; the next begins all the same.
  scopedWork.set(
    device,
    done.catch(() => {}),
  )
  return done
}

async function doScoped<Result>(device: ScopedDevice, work: () => Promise<Result>): Promise<Result> {
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
