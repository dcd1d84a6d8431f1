import { BufferLedger } from './buffers'
import { GpuError, fromUncapturedError } from './errors'
import { PipelineCache } from './pipelineCache'

/** Limits worth raising above WebGPU's defaults where the adapter grants more; nothing fails where it does not. */
const WANTED_LIMITS = {
  maxComputeWorkgroupStorageSize: 32_768,
  maxStorageBufferBindingSize: 2 ** 31 - 4,
  maxBufferSize: 2 ** 31 - 4,
} as const satisfies Partial<Record<keyof GPUSupportedLimits, number>>

export type RequiredLimits = Partial<Record<keyof typeof WANTED_LIMITS, number>>

/** An open device with everything the other rooms need of it. */
export interface Gpu {
  readonly device: GPUDevice
  /** Shown to the user and recorded with every result, e.g. “apple metal-3” or “google swiftshader”. */
  readonly adapterName: string
  /** True for adapters that compute on the CPU: kernels without barriers are faster there. */
  readonly software: boolean
  readonly timestamps: boolean
  readonly limits: GPUSupportedLimits
  readonly ledger: BufferLedger
  readonly pipelines: PipelineCache
  /** Resolves once, when the device is gone for any reason other than `close()`. */
  readonly lost: Promise<GpuError>
  /** Called with every error no caller caught; set by the worker, which tells the page. */
  onUncapturedError: (error: GpuError) => void
  close(): void
}

/**
 * Opens the adapter and a device on it.
 * @param required limits without which the caller cannot work, in WebGPU's units.
 * @throws GpuError `webgpu-missing`, `adapter-missing`, `limit-too-low` or `device-lost`.
 */
export async function openGpu(required: RequiredLimits = {}): Promise<Gpu> {
  const entry = (globalThis.navigator as Navigator | undefined)?.gpu
  if (!entry) {
    throw new GpuError(
      'webgpu-missing',
      'This browser has no WebGPU. Chrome or Edge 113, Safari 26 or Firefox 141 have it.',
    )
  }
  const adapter = await entry.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) {
    throw new GpuError(
      'adapter-missing',
      'This browser knows WebGPU but offers no graphics adapter. Check that hardware acceleration is on in its settings.',
    )
  }
  checkLimits(adapter.limits, required)
  const device = await requestDevice(adapter)
  return wrapDevice(device, adapter)
}

function checkLimits(offered: GPUSupportedLimits, required: RequiredLimits): void {
  for (const [name, needed] of Object.entries(required) as [keyof RequiredLimits, number][]) {
    if (offered[name] < needed) {
      throw new GpuError(
        'limit-too-low',
        `This needs ${name} = ${needed}; the graphics adapter offers ${offered[name]}.`,
      )
    }
  }
}

async function requestDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const requiredLimits: Record<string, number> = {}
  for (const [name, wanted] of Object.entries(WANTED_LIMITS) as [keyof RequiredLimits, number][]) {
    requiredLimits[name] = Math.min(wanted, adapter.limits[name])
  }
  const requiredFeatures: GPUFeatureName[] = adapter.features.has('timestamp-query') ? ['timestamp-query'] : []
  try {
    return await adapter.requestDevice({ label: 'saturascope', requiredLimits, requiredFeatures })
  } catch (cause) {
    throw new GpuError(
      'device-lost',
      `The graphics adapter gave no device: ${String(cause)}. Reload the page to try again.`,
      { cause },
    )
  }
}

function wrapDevice(device: GPUDevice, adapter: GPUAdapter): Gpu {
  let closed = false
  const lost = device.lost.then((info) => {
    // A device we closed ourselves is not a fault: the promise then stays pending.
    if (closed) return new Promise<GpuError>(() => {})
    return new GpuError(
      'device-lost',
      `The connection to the GPU was lost (${info.reason || 'unknown'}${info.message ? `: ${info.message}` : ''}).`,
    )
  })
  // Chrome before 127 has WebGPU without `info`.
  const { vendor, architecture, description, isFallbackAdapter } = (adapter.info as GPUAdapterInfo | undefined) ?? {}
  const adapterName = [vendor, architecture || description].filter(Boolean).join(' ') || 'unnamed adapter'
  const gpu: Gpu = {
    device,
    adapterName,
    software:
      isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|warp/i.test(`${adapterName} ${description ?? ''}`),
    timestamps: device.features.has('timestamp-query'),
    limits: device.limits,
    ledger: new BufferLedger(device),
    pipelines: new PipelineCache(device),
    lost,
    onUncapturedError: (error) => console.error(error),
    close() {
      closed = true
      device.destroy()
    },
  }
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault()
    gpu.onUncapturedError(fromUncapturedError(event.error))
  })
  return gpu
}
