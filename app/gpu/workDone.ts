import { GpuError } from './errors'

/**
 * Waits until the GPU has done everything submitted so far.
 * @throws GpuError `device-lost`. By the standard this wait never fails; Chromium lets it fail when the GPU's process is
 *   gone, before `device.lost` tells so.
 */
export async function submittedWorkDone(device: {
  readonly queue: Pick<GPUQueue, 'onSubmittedWorkDone'>
}): Promise<void> {
  try {
    await device.queue.onSubmittedWorkDone()
  } catch (cause) {
    throw new GpuError('device-lost', 'The connection to the GPU was lost while it was at work.', { cause })
  }
}
