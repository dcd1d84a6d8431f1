import { GpuError } from './errors'

/** A part of a buffer, as a kernel binds it. `offset` is aligned to the device's storage offset alignment. */
export interface BufferSlice {
  readonly buffer: GPUBuffer
  /** Bytes. */
  readonly offset: number
  /** Bytes. */
  readonly size: number
}

export interface BufferCount {
  readonly count: number
  readonly bytes: number
}

/** Knows every live buffer of a device by label, so that a test can say that nothing leaked. */
export class BufferLedger {
  readonly #device: GPUDevice
  readonly #live = new Map<GPUBuffer, number>()

  constructor(device: GPUDevice) {
    this.#device = device
  }

  /** @throws GpuError `limit-too-low` when `bytes` exceeds what one buffer or one binding may hold. */
  create(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const size = Math.max(16, Math.ceil(bytes / 4) * 4)
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#device.limits
    const ceiling =
      usage & GPUBufferUsage.STORAGE ? Math.min(maxBufferSize, maxStorageBufferBindingSize) : maxBufferSize
    if (size > ceiling) {
      throw new GpuError(
        'limit-too-low',
        `“${label}” needs ${formatBytes(size)} in one piece; this graphics adapter allows ${formatBytes(ceiling)}.`,
      )
    }
    const buffer = this.#device.createBuffer({ label, size, usage })
    this.#live.set(buffer, size)
    return buffer
  }

  destroy(buffer: GPUBuffer): void {
    this.#live.delete(buffer)
    buffer.destroy()
  }

  isLive(buffer: GPUBuffer): boolean {
    return this.#live.has(buffer)
  }

  /** Live buffers and bytes, by label. */
  byLabel(): ReadonlyMap<string, BufferCount> {
    const totals = new Map<string, BufferCount>()
    for (const [buffer, bytes] of this.#live) {
      const sum = totals.get(buffer.label) ?? { count: 0, bytes: 0 }
      totals.set(buffer.label, { count: sum.count + 1, bytes: sum.bytes + bytes })
    }
    return totals
  }

  total(): BufferCount {
    let bytes = 0
    for (const size of this.#live.values()) bytes += size
    return { count: this.#live.size, bytes }
  }
}

/** Buffers that live and die together: everything a session owns is made through one scope. */
export class BufferScope {
  readonly #ledger: BufferLedger
  readonly #queue: GPUQueue
  readonly #buffers: GPUBuffer[] = []
  readonly #releases: (() => void)[] = []
  #destroyed = false

  constructor(gpu: { readonly ledger: BufferLedger; readonly device: GPUDevice }) {
    this.#ledger = gpu.ledger
    this.#queue = gpu.device.queue
  }

  /** A storage buffer of `bytes`, zero-filled by WebGPU, that can be written from and copied to the CPU. */
  storage(label: string, bytes: number): GPUBuffer {
    return this.#keep(label, bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST)
  }

  /** A storage buffer that starts with `values`. */
  storageWith(label: string, values: Float32Array | Uint32Array): GPUBuffer {
    const buffer = this.storage(label, values.byteLength)
    this.#queue.writeBuffer(buffer, 0, values as GPUAllowSharedBufferSource)
    return buffer
  }

  /** A uniform buffer that starts with `contents` (see `packUniform`). */
  uniform(label: string, contents: ArrayBuffer): GPUBuffer {
    const buffer = this.#keep(label, contents.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST)
    this.#queue.writeBuffer(buffer, 0, contents)
    return buffer
  }

  /** A buffer that the CPU maps for reading. */
  staging(label: string, bytes: number): GPUBuffer {
    return this.#keep(label, bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST)
  }

  isLive(buffer: GPUBuffer): boolean {
    return this.#ledger.isLive(buffer)
  }

  /** Has `release` called when this scope is destroyed; at once, and refused, where it was. */
  onDestroy(release: () => void): void {
    if (this.#destroyed) {
      release()
      throw new GpuError('released', 'A shared buffer was asked for after what it is for was closed.')
    }
    this.#releases.push(release)
  }

  /** Frees every buffer of this scope; reads under way reject with `released`, and so does whoever asks for another. */
  destroy(): void {
    this.#destroyed = true
    for (const buffer of this.#buffers) this.#ledger.destroy(buffer)
    this.#buffers.length = 0
    for (const release of this.#releases.splice(0)) release()
  }

  #keep(label: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer {
    // What is still being prepared when its owner gives up must not stay allocated for ever.
    if (this.#destroyed) throw new GpuError('released', `“${label}” was asked for after what it belongs to was closed.`)
    const buffer = this.#ledger.create(label, bytes, usage)
    this.#buffers.push(buffer)
    return buffer
  }
}

/** The whole of a buffer as a slice. */
export function wholeBuffer(buffer: GPUBuffer): BufferSlice {
  return { buffer, offset: 0, size: buffer.size }
}

/**
 * Places arrays of `lengths` (in 4-byte elements) one after another, each start aligned to `alignmentBytes`.
 * @returns offsets and the total, in bytes.
 */
export function placeSlices(
  lengths: readonly number[],
  alignmentBytes: number,
): { readonly offsets: readonly number[]; readonly totalBytes: number } {
  let end = 0
  const offsets = lengths.map((length) => {
    const offset = Math.ceil(end / alignmentBytes) * alignmentBytes
    end = offset + length * 4
    return offset
  })
  return { offsets, totalBytes: end }
}

export function formatBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  return power === 0 ? `${bytes} bytes` : `${Number((bytes / 1024 ** power).toPrecision(3))} ${units[power]}`
}
