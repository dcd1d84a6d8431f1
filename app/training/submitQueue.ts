import type { BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import { encodePlan, type Plan } from '../gpu/plan'
import type { StagingRing } from '../gpu/readback'
import { submittedWorkDone } from '../gpu/workDone'
import { SerialClock } from './serialClock'
import { SessionEnded } from './session'

/** What a submit is for; the two are never mixed in one, so that their times can be told apart. */
type WorkKind = 'training' | 'measuring'

/** Milliseconds of the GPU's time. */
type SpentMillis = Record<WorkKind, number>

/** A plan to run `repeat` times, then optional copies behind it. */
export interface Work {
  /** Whose work it is, for `discard`. */
  readonly owner: object
  /** Who is charged for it, in proportion to these numbers; left out: the owner. */
  readonly payers?: ReadonlyMap<object, number>
  readonly kind: WorkKind
  readonly plan: Plan
  readonly repeat: number
  /** Encodes copies before the first repetition. */
  readonly prepare?: (encoder: GPUCommandEncoder) => void
  /** Encodes copies to staging buffers after the last repetition. */
  readonly copy?: (encoder: GPUCommandEncoder) => void
  /** Called once the last part of this work was submitted. */
  readonly onSubmitted?: () => void
  /** Called instead of `onSubmitted` where the work was dropped: its owner or the device is gone. */
  readonly onDropped?: (error: Error) => void
  /** Nothing later goes into the same submit: `onSubmitted` may write buffers that later work reads. */
  readonly closesSubmit?: boolean
}

interface QueuedWork extends Work {
  /** Dispatches already submitted, of plan.length · repeat. */
  done: number
}

/** On a GPU a submit lasts about this long: long enough to hide its overhead, short enough for a live page. */
const TARGET_MILLIS = 10
/** A software adapter needs longer submits to be worth their overhead, and still answers within 100 ms. */
const SOFTWARE_TARGET_MILLIS = 40
const MAX_IN_FLIGHT = 2
/** First guess, in floating-point operations, before anything was measured; a slow adapter does it in about 10 ms. */
const FIRST_BUDGET = 5e6
/** Even a plan of tiny dispatches is cut here: an encoder of many thousand commands stalls the browser's GPU process. */
const MAX_DISPATCHES_PER_SUBMIT = 2_048
const MIN_DISPATCH_COST = 1_000

/**
 * The only place that submits training work. It packs queued plans into submits whose size follows from measured
 * time, keeps at most two in flight, and knows how long the GPU was busy with what, and for whom.
 */
export class SubmitQueue {
  readonly #device: GPUDevice
  readonly #targetMillis: number
  readonly #queued: QueuedWork[] = []
  readonly #roomWaiters: { resolve: () => void; reject: (error: unknown) => void }[] = []
  readonly #spent = new WeakMap<object, SpentMillis>()
  readonly #clock = new SerialClock()
  readonly #ended = new WeakSet<object>()
  #budget = FIRST_BUDGET
  #queuedCost = 0
  #inFlight = 0
  #failure: Error | undefined

  constructor(gpu: Gpu) {
    this.#device = gpu.device
    this.#targetMillis = gpu.software ? SOFTWARE_TARGET_MILLIS : TARGET_MILLIS
    void gpu.lost.then((error) => this.#fail(error))
  }

  /**
   * What a payer was charged with so far. The time of a submit is measured as a whole; where several pay for what it
   * holds, each does so in proportion to the estimated costs of its dispatches.
   */
  spentOn(payer: object): Readonly<SpentMillis> {
    return this.#spent.get(payer) ?? { training: 0, measuring: 0 }
  }

  /**
   * Adds work behind all earlier work.
   * @returns resolves as soon as less than one submit's worth of work is waiting; rejects where the device is gone or
   *   the owner was discarded.
   */
  enqueue(work: Work): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure)
    if (this.#ended.has(work.owner)) return Promise.reject(new SessionEnded())
    this.#queued.push({ ...work, done: 0 })
    this.#queuedCost += planCost(work.plan) * work.repeat
    this.#pump()
    return this.#room()
  }

  /** Resolves when everything queued so far has been done by the GPU, however much others go on queueing. */
  async drain(owner: object): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const mark = { owner, kind: 'training', plan: [], repeat: 0, onSubmitted: resolve, onDropped: reject } as const
      this.enqueue(mark).catch(reject)
    })
    await submittedWorkDone(this.#device)
  }

  /**
   * Runs work and brings slices back through a staging buffer, while later work goes on.
   * @returns the bytes of the slices, one after another.
   */
  read(
    work: Omit<Work, 'copy' | 'onSubmitted' | 'onDropped'>,
    staging: StagingRing,
    slices: readonly BufferSlice[],
  ): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      let take: (() => Promise<ArrayBuffer>) | undefined
      const copy = (encoder: GPUCommandEncoder): void => void (take = staging.copy(encoder, slices))
      const onSubmitted = (): void => void take?.().then(resolve, reject)
      this.enqueue({ ...work, copy, onSubmitted, onDropped: reject }).catch(reject)
    })
  }

  /**
   * Drops what is queued and not yet submitted, and refuses what is still to come: its buffers are about to be
   * destroyed, and whoever waited for room in the queue would go on using them.
   */
  discard(owner: object): void {
    this.#ended.add(owner)
    const error = new SessionEnded()
    for (let index = this.#queued.length - 1; index >= 0; index--) {
      const work = this.#queued[index]!
      if (work.owner !== owner) continue
      this.#queued.splice(index, 1)
      this.#queuedCost -= remainingCost(work)
      work.onDropped?.(error)
    }
    this.#pump()
  }

  #room(): Promise<void> {
    if (this.#queuedCost < this.#budget) return Promise.resolve()
    return new Promise((resolve, reject) => this.#roomWaiters.push({ resolve, reject }))
  }

  #pump(): void {
    while (this.#inFlight < MAX_IN_FLIGHT && this.#queued.length > 0 && !this.#failure) this.#submitNext()
    if (this.#queuedCost < this.#budget) for (const waiter of this.#roomWaiters.splice(0)) waiter.resolve()
  }

  #submitNext(): void {
    const kind = this.#queued[0]!.kind
    const encoder = this.#device.createCommandEncoder({ label: kind })
    let pass: GPUComputePassEncoder | undefined
    let cost = 0
    let dispatches = 0
    let isFull = false
    const costs = new Map<object, number>()
    const finished: QueuedWork[] = []
    while (this.#queued[0]?.kind === kind && cost < this.#budget && dispatches < MAX_DISPATCHES_PER_SUBMIT) {
      const work = this.#queued[0]
      const total = work.plan.length * work.repeat
      const costBefore = cost
      pass ??= encoder.beginComputePass({ label: kind })
      while (work.done < total && dispatches < MAX_DISPATCHES_PER_SUBMIT) {
        const index = work.done % work.plan.length
        const next = dispatchCost(work.plan, index)
        isFull = cost > 0 && cost + next > this.#budget
        if (isFull) break
        if (work.prepare && work.done === 0) {
          pass.end()
          work.prepare(encoder)
          pass = encoder.beginComputePass({ label: kind })
        }
        encodePlan(pass, work.plan, index, index + 1)
        cost += next
        dispatches++
        work.done++
      }
      addCost(costs, work, cost - costBefore)
      if (work.done < total) break
      if (work.copy) {
        pass.end()
        pass = undefined
        work.copy(encoder)
      }
      finished.push(work)
      this.#queued.shift()
      if (work.closesSubmit) break
    }
    pass?.end()
    const submittedAt = performance.now()
    this.#device.queue.submit([encoder.finish()])
    this.#queuedCost -= cost
    this.#inFlight++
    for (const work of finished) work.onSubmitted?.()
    // A submit that ended for another reason than its cost says nothing about how much more would fit.
    const wasFull = isFull || cost >= this.#budget
    void submittedWorkDone(this.#device).then(
      () => this.#complete(kind, submittedAt, costs, wasFull),
      (error: unknown) => this.#fail(error instanceof Error ? error : new Error(String(error))),
    )
  }

  /** @param costs by payer, of what the submit held. */
  #complete(kind: WorkKind, submittedAt: number, costs: ReadonlyMap<object, number>, wasFull: boolean): void {
    const millis = this.#clock.end(submittedAt)
    this.#charge(kind, millis, costs)
    this.#inFlight--
    const ratio = this.#targetMillis / Math.max(0.1, millis)
    if (wasFull || ratio < 1) this.#budget *= Math.min(4, Math.max(0.25, ratio))
    this.#budget = Math.max(MIN_DISPATCH_COST, this.#budget)
    this.#pump()
  }

  #charge(kind: WorkKind, millis: number, costs: ReadonlyMap<object, number>): void {
    const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0)
    for (const [payer, cost] of costs) {
      const spent = this.#spent.get(payer) ?? { training: 0, measuring: 0 }
      // A submit of copies alone, which count nothing, is shared alike.
      spent[kind] += millis * (total > 0 ? cost / total : 1 / costs.size)
      this.#spent.set(payer, spent)
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const work of this.#queued.splice(0)) work.onDropped?.(this.#failure)
    for (const waiter of this.#roomWaiters.splice(0)) waiter.reject(this.#failure)
  }
}

/** @param costs by payer; changed in place. */
function addCost(costs: Map<object, number>, { owner, payers }: Work, cost: number): void {
  const shares = payers ?? new Map([[owner, 1]])
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0)
  for (const [payer, share] of shares) costs.set(payer, (costs.get(payer) ?? 0) + (cost * share) / total)
}

function dispatchCost(plan: Plan, index: number): number {
  return Math.max(MIN_DISPATCH_COST, plan[index]!.cost)
}

function planCost(plan: Plan): number {
  let cost = 0
  for (let index = 0; index < plan.length; index++) cost += dispatchCost(plan, index)
  return cost
}

function remainingCost({ plan, repeat, done }: QueuedWork): number {
  let cost = planCost(plan) * repeat
  for (let index = 0; index < done; index++) cost -= dispatchCost(plan, index % plan.length)
  return cost
}
