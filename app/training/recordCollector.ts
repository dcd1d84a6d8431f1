import { wholeBuffer, type BufferSlice } from '../gpu/buffers'
import { StagingRing } from '../gpu/readback'
import {
  CONTROL_BYTES,
  decodeControl,
  decodeRecord,
  RECORD_BYTES,
  RING_STEPS,
  type ControlState,
} from '../nn/kernels/stepControl'
import type { CompiledRun } from './compiledRun'
import type { StepRecords } from './session'
import type { SubmitQueue } from './submitQueue'

/** Brings the records of past steps from the GPU's ring to the CPU, without training ever waiting for it. */
export class RecordCollector {
  readonly #owner: object
  readonly #queue: SubmitQueue
  readonly #sources: readonly BufferSlice[]
  readonly #staging: StagingRing
  readonly #classification: boolean
  readonly #arrived: StepRecords[] = []
  #collecting: Promise<ControlState> | undefined
  #recordedStep: number

  /** @param firstStep updates done before the run's start. */
  constructor(owner: object, run: CompiledRun, firstStep: number) {
    const { engine, scope, control, training, classification } = run
    this.#owner = owner
    this.#recordedStep = firstStep
    this.#queue = engine.queue
    this.#sources = [wholeBuffer(control), wholeBuffer(training.records)]
    this.#classification = classification
    this.#staging = new StagingRing(scope, 'step records', CONTROL_BYTES + RING_STEPS * RECORD_BYTES, 1)
  }

  /** Updates whose records have arrived; those before the start count. */
  get recordedStep(): number {
    return this.#recordedStep
  }

  /** What arrived since the last call. */
  take(): readonly StepRecords[] {
    return this.#arrived.splice(0)
  }

  /** Collects everything up to the work queued so far; one collection is under way at a time. */
  collect(): Promise<ControlState> {
    this.#collecting ??= this.#copyRing().finally(() => (this.#collecting = undefined))
    return this.#collecting
  }

  async #copyRing(): Promise<ControlState> {
    const work = { owner: this.#owner, kind: 'training', plan: [], repeat: 0 } as const
    const bytes = await this.#queue.read(work, this.#staging, this.#sources)
    const state = decodeControl(bytes)
    this.#readRing(bytes.slice(CONTROL_BYTES), state.step)
    return state
  }

  #readRing(ring: ArrayBuffer, done: number): void {
    const count = done - this.#recordedStep
    if (count === 0) return
    const loss = new Float32Array(count)
    const accuracy = new Float32Array(count)
    for (let index = 0; index < count; index++) {
      const record = decodeRecord(ring, (this.#recordedStep + index) % RING_STEPS)
      loss[index] = record.loss
      accuracy[index] = this.#classification ? record.correctShare : Number.NaN
    }
    this.#arrived.push({ firstStep: this.#recordedStep + 1, loss, accuracy })
    this.#recordedStep = done
  }
}
