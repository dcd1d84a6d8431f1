import { wrapMethod } from './wrapMethod'

/** What happens on every WebGPU device while it is watched: for tests that cannot see the ledger of the code they test. */
export interface DeviceWatch {
  /** Labels of the buffers that were made and not destroyed. */
  readonly liveBuffers: () => readonly string[]
  /** Buffers made so far, live or not. */
  readonly buffersMade: () => number
  /** Opened while watching. */
  readonly devices: readonly GPUDevice[]
  /** Errors that no scope caught, as WebGPU words them. */
  readonly errors: readonly string[]
  stop(): void
}

/** Wraps the prototypes of WebGPU's objects; devices opened before are not watched for errors. */
export function watchDevices(): DeviceWatch {
  const live = new Set<GPUBuffer>()
  const devices: GPUDevice[] = []
  const errors: string[] = []
  let made = 0
  const restores = [
    wrapMethod(GPUDevice.prototype, 'createBuffer', (original) => {
      return function (this: GPUDevice, ...descriptor) {
        const buffer = original.apply(this, descriptor)
        live.add(buffer)
        made++
        return buffer
      }
    }),
    wrapMethod(GPUBuffer.prototype, 'destroy', (original) => {
      return function (this: GPUBuffer) {
        live.delete(this)
        return original.call(this)
      }
    }),
    wrapMethod(GPUAdapter.prototype, 'requestDevice', (original) => {
      return async function (this: GPUAdapter, ...descriptor) {
        const device = await original.apply(this, descriptor)
        device.addEventListener('uncapturederror', ({ error }) => errors.push(error.message))
        devices.push(device)
        return device
      }
    }),
  ]
  return {
    liveBuffers: () => Array.from(live, ({ label }) => label),
    buffersMade: () => made,
    devices,
    errors,
    stop: () => restores.forEach((restore) => restore()),
  }
}
