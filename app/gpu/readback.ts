import type { BufferLedger, BufferScope, BufferSlice } from './buffers'
import { GpuError } from './errors'

interface BufferOwner {
  isLive(buffer: GPUBuffer): boolean
}

/** Copies a slice to the CPU and waits for it. For one-off reads; never in the training loop. */
export async function readSlice(
  gpu: { readonly device: GPUDevice; readonly ledger: BufferLedger },
  slice: BufferSlice,
): Promise<ArrayBuffer> {
  const staging = gpu.ledger.create('readback', slice.size, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST)
  try {
    const encoder = gpu.device.createCommandEncoder({ label: 'readback' })
    encoder.copyBufferToBuffer(slice.buffer, slice.offset, staging, 0, slice.size)
    gpu.device.queue.submit([encoder.finish()])
    return await takeMapped(staging, slice.size, gpu.ledger)
  } finally {
    gpu.ledger.destroy(staging)
  }
}

/**
 * A few staging buffers used in turn, so that results come back while training goes on. `copy` is encoded behind
 * the work that produces the slice; `take` is called once that encoder was submitted.
 */
export class StagingRing {
  readonly #scope: BufferScope
  readonly #idle: GPUBuffer[]
  readonly #size: number

  constructor(scope: BufferScope, label: string, bytes: number, count: number) {
    this.#scope = scope
    this.#size = bytes
    this.#idle = Array.from({ length: count }, () => scope.staging(label, bytes))
  }

  /**
   * Encodes the copies of `slices`, packed one after another, and hands out the promise-maker for their bytes.
   * @returns a function to call once, after the submit; it resolves to the packed bytes and frees the buffer.
   */
  copy(encoder: GPUCommandEncoder, slices: readonly BufferSlice[]): () => Promise<ArrayBuffer> {
    const total = slices.reduce((sum, { size }) => sum + size, 0)
    if (total > this.#size) throw new Error(`staging holds ${this.#size} bytes, ${total} were to be copied`)
    const staging = this.#idle.pop()
    if (!staging) throw new Error('every staging buffer of the ring is on its way')
    let end = 0
    for (const slice of slices) {
      encoder.copyBufferToBuffer(slice.buffer, slice.offset, staging, end, slice.size)
      end += slice.size
    }
    return async () => {
      const bytes = await takeMapped(staging, end, this.#scope)
      this.#idle.push(staging)
      return bytes
    }
  }
}

async function takeMapped(staging: GPUBuffer, bytes: number, owner: BufferOwner): Promise<ArrayBuffer> {
  try {
    await staging.mapAsync(GPUMapMode.READ, 0, bytes)
  } catch (cause) {
    throw mappingFault(cause, owner.isLive(staging))
  }
  const copy = staging.getMappedRange(0, bytes).slice(0)
  staging.unmap()
  return copy
}

/** A map is aborted when its buffer is destroyed, by us or with the device; anything else is a fault of ours. */
function mappingFault(cause: unknown, live: boolean): GpuError {
  if (!live) return new GpuError('released', 'Results were being read while what they belong to was closed.', { cause })
  if (cause instanceof DOMException && cause.name === 'AbortError') {
    return new GpuError('device-lost', 'The GPU went away while results were being read.', { cause })
  }
  return new GpuError('validation', `Results could not be read from the GPU: ${String(cause)}`, { cause })
}
