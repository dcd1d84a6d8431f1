import { afterEach, describe, expect, test, vi } from 'vitest'
import { openGpu } from './device'
import { GpuError } from './errors'

/** Puts `value` in place of a getter of WebGPU's for the rest of a test. */
function replaceGetter(prototype: object, name: string, value: unknown): void {
  vi.spyOn(prototype, name as never, 'get').mockReturnValue(value as never)
}

async function faultOf(work: Promise<unknown>): Promise<{ fault: string; message: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!(error instanceof GpuError)) throw new Error(`expected a GpuError, got ${String(error)}`)
  return { fault: error.fault, message: error.message }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('opening the GPU', () => {
  test('gives a device with a named adapter, known to be software here, and the raised limits', async () => {
    const gpu = await openGpu({ maxComputeWorkgroupStorageSize: 16_384 })
    expect(gpu.adapterName).toContain('swiftshader')
    expect(gpu.software).toBe(true)
    expect(gpu.limits.maxComputeWorkgroupStorageSize).toBe(32_768)
    expect(gpu.limits.maxBufferSize).toBeGreaterThan(2 ** 28)
    gpu.close()
  })

  test('without navigator.gpu it names browsers that have it', async () => {
    replaceGetter(Navigator.prototype, 'gpu', undefined)
    const { fault, message } = await faultOf(openGpu())
    expect(fault).toBe('webgpu-missing')
    expect(message).toContain('Chrome')
  })

  test('without an adapter it says what to look at', async () => {
    vi.spyOn(GPU.prototype, 'requestAdapter').mockResolvedValue(null)
    const { fault, message } = await faultOf(openGpu())
    expect(fault).toBe('adapter-missing')
    expect(message).toContain('hardware acceleration')
  })

  test('a limit too low is told with both figures', async () => {
    const { fault, message } = await faultOf(openGpu({ maxComputeWorkgroupStorageSize: 987_654 }))
    expect(fault).toBe('limit-too-low')
    expect(message).toContain('maxComputeWorkgroupStorageSize = 987654')
    expect(message).toContain('offers 32768')
  })

  test('an adapter of an old browser, which tells nothing of itself, works', async () => {
    replaceGetter(GPUAdapter.prototype, 'info', undefined)
    const gpu = await openGpu()
    expect(gpu.adapterName).toBe('unnamed adapter')
    expect(gpu.software).toBe(false)
    gpu.close()
  })

  test('an adapter that gives no device is a lost device', async () => {
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockRejectedValue(new DOMException('consumed', 'OperationError'))
    const { fault, message } = await faultOf(openGpu())
    expect(fault).toBe('device-lost')
    expect(message).toContain('consumed')
  })
})

describe('losing the GPU', () => {
  test('is told once with the reason, and a fresh device opens', async () => {
    const gpu = await openGpu()
    gpu.device.destroy()
    const lost = await gpu.lost
    expect(lost.fault).toBe('device-lost')
    expect(lost.message).toContain('destroyed')
    const next = await openGpu()
    next.close()
  })

  test('is no fault after close', async () => {
    const gpu = await openGpu()
    gpu.close()
    await gpu.device.lost
    const outcome = await Promise.race([gpu.lost, new Promise((resolve) => setTimeout(resolve, 50, 'silent'))])
    expect(outcome).toBe('silent')
  })
})

describe('an error that no caller caught', () => {
  test('reaches one place and names the object at fault', async () => {
    const gpu = await openGpu()
    const told = new Promise<GpuError>((resolve) => {
      gpu.onUncapturedError = resolve
    })
    gpu.device.createBuffer({ label: 'wrong usage', size: 16, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE })
    // Chromium passes an error on once something waits for the queue.
    await gpu.device.queue.onSubmittedWorkDone()
    const error = await told
    expect(error.fault).toBe('validation')
    expect(error.message).toContain('wrong usage')
    gpu.close()
  })

  test('that is a lack of memory says what to make smaller', async () => {
    const gpu = await openGpu()
    const told: GpuError[] = []
    gpu.onUncapturedError = (error) => told.push(error)
    const event = new GPUUncapturedErrorEvent('uncapturederror', {
      error: new GPUOutOfMemoryError('“moments”'),
      cancelable: true,
    })
    gpu.device.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(true)
    expect(told.map(({ fault }) => fault)).toEqual(['out-of-memory'])
    expect(told[0]?.message).toMatch(/“moments”.*smaller batch/)
    gpu.close()
  })
})
