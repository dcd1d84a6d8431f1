import { BufferScope, wholeBuffer } from '../gpu/buffers'
import { StagingRing } from '../gpu/readback'
import { unpackParameters } from '../nn/parameters'
import { toTorchParameters, type Parameters } from '../nn/torchParameters'
import type { CompiledRun } from './compiledRun'
import { SessionEnded, type Snapshot, type SnapshotUse } from './session'
import { snapshotCapacity, SnapshotList } from './snapshotList'

/** Weights in the layout of the run's flat parameter buffer. */
type Copy =
  | { readonly kind: 'gpu'; readonly buffer: GPUBuffer }
  /** Arrives behind the work that was queued before it. */
  | { readonly kind: 'memory'; readonly values: Promise<Float32Array> }

/**
 * Copies of a run's weights, each of the moment at which it was asked for among the queued work: as many on the GPU as
 * the budget holds, the others in memory. Training waits for none of them.
 */
export class GpuSnapshots {
  readonly #owner: object
  readonly #run: CompiledRun
  readonly #budget: number
  /** Bytes of one. */
  readonly #bytes: number
  readonly #list: SnapshotList<Copy>
  /** Buffers whose copies went; they take the next ones. */
  readonly #idle: GPUBuffer[] = []
  /** Of weights on their way to the CPU. */
  readonly #staging = new Set<BufferScope>()
  #buffers = 0

  /** @param budget bytes of copies on the GPU. */
  constructor(owner: object, run: CompiledRun, budget: number) {
    this.#owner = owner
    this.#run = run
    this.#budget = budget
    this.#bytes = run.parameters.buffer.size
    this.#list = new SnapshotList(snapshotCapacity(this.#bytes, budget))
  }

  get kept(): readonly { readonly step: number }[] {
    return this.#list.kept
  }

  get use(): SnapshotUse {
    const { kept } = this.#list
    const inMemory = kept.filter(({ copy }) => copy.kind === 'memory').length
    return {
      count: kept.length,
      bytesOnGpu: (this.#buffers + this.#staging.size) * this.#bytes,
      bytesInMemory: inMemory * this.#bytes,
      budget: this.#budget,
    }
  }

  /** Keeps the weights after all queued work as those of `step`. */
  take(step: number): void {
    this.#recycle(this.#list.makeRoom(step))
    const weights = this.#run.parameters.buffer
    const buffer = this.#takeBuffer()
    if (buffer) {
      this.#copy(weights, buffer)
      this.#list.add(step, { kind: 'gpu', buffer })
      return
    }
    const values = this.#copyOut(weights)
    // Whoever asks for them hears of a failure.
    values.catch(() => {})
    this.#list.add(step, { kind: 'memory', values })
  }

  /** Forgets those of later steps than this. */
  dropAfter(step: number): void {
    this.#recycle(this.#list.dropAfter(step))
  }

  /** The run's weights after all queued work. */
  async readCurrent(): Promise<Parameters> {
    return this.#toParameters(await this.#copyOut(this.#run.parameters.buffer))
  }

  /** @throws RangeError where none is as old as `step`. */
  async read(step: number): Promise<Snapshot> {
    const kept = this.#list.newestAt(step)
    const flat = await (kept.copy.kind === 'gpu' ? this.#copyOut(kept.copy.buffer) : kept.copy.values)
    return { step: kept.step, parameters: this.#toParameters(flat) }
  }

  /**
   * Puts weights into a buffer of the parameters' layout, for work that is queued afterwards. No earlier work may still
   * be waiting to read the buffer.
   * @param step left out: those after all queued work, else those of the newest snapshot at or before it.
   * @throws RangeError where none is as old as `step`.
   */
  async load(into: GPUBuffer, step?: number): Promise<void> {
    if (step === undefined) return this.#copy(this.#run.parameters.buffer, into)
    const { copy } = this.#list.newestAt(step)
    if (copy.kind === 'gpu') return this.#copy(copy.buffer, into)
    const values = await copy.values
    const { device, ledger } = this.#run.engine.gpu
    if (!ledger.isLive(into)) throw new SessionEnded()
    device.queue.writeBuffer(into, 0, values as GPUAllowSharedBufferSource)
  }

  /** Weights on their way reject; the buffers of the others go with the run's scope. */
  destroy(): void {
    for (const scope of this.#staging) scope.destroy()
  }

  /** In the queue's order, so that a buffer may be filled anew while earlier work has yet to read it. */
  #copy(from: GPUBuffer, to: GPUBuffer): void {
    const copy = (encoder: GPUCommandEncoder) => encoder.copyBufferToBuffer(from, 0, to, 0, this.#bytes)
    const work = { owner: this.#owner, kind: 'training', plan: [], repeat: 0, copy } as const
    // A lost device rejects here and in every other queued work; the scheduler hears it from those.
    this.#run.engine.queue.enqueue(work).catch(() => {})
  }

  async #copyOut(from: GPUBuffer): Promise<Float32Array> {
    const { gpu, queue } = this.#run.engine
    const scope = new BufferScope(gpu)
    this.#staging.add(scope)
    try {
      const ring = new StagingRing(scope, 'weights on their way', this.#bytes, 1)
      const work = { owner: this.#owner, kind: 'training', plan: [], repeat: 0 } as const
      return new Float32Array(await queue.read(work, ring, [wholeBuffer(from)]))
    } finally {
      this.#staging.delete(scope)
      scope.destroy()
    }
  }

  #takeBuffer(): GPUBuffer | undefined {
    const idle = this.#idle.pop()
    if (idle || (this.#buffers + 1) * this.#bytes > this.#budget) return idle
    this.#buffers++
    return this.#run.scope.storage('snapshot', this.#bytes)
  }

  #recycle(copies: readonly Copy[]): void {
    for (const copy of copies) if (copy.kind === 'gpu') this.#idle.push(copy.buffer)
  }

  #toParameters(flat: Float32Array): Parameters {
    const { layout } = this.#run.parameters
    return toTorchParameters(layout.arrays, unpackParameters(layout, flat))
  }
}
