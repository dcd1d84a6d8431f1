import { BufferScope } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import { StagingRing } from '../gpu/readback'
import type { SolvedMatrix } from '../spectral/jacobiBatch'
import { createJointBatch, type JacobiMember, type JointBatch } from '../spectral/jointBatch'
import { SessionEnded } from './session'
import type { SubmitQueue } from './submitQueue'

/** Columns of one set of members that may be on their way back at once. */
const COLUMNS_UNDER_WAY = 6

/** Someone whose matrices wait for the end of the turn. */
interface Asked {
  readonly payer: object
  readonly resolve: (solved: readonly SolvedMatrix[]) => void
  readonly reject: (error: unknown) => void
}

/** What solves the matrices of one set of members, made when they first ask together. */
interface PreparedSet {
  readonly batch: JointBatch
  readonly scope: BufferScope
  readonly staging: StagingRing
  underWay: number
}

/**
 * Solves the matrices of all sessions on a device. A matrix keeps one workgroup busy for milliseconds and dispatches
 * wait for each other, so what is asked for in one turn of the event loop, as the columns of runs in lock-step are, goes
 * into one dispatch.
 */
export class JointSolver {
  readonly #gpu: Gpu
  readonly #queue: SubmitQueue
  readonly #sets: PreparedSet[] = []
  readonly #asked = new Map<JacobiMember, Asked>()

  constructor(gpu: Gpu, queue: SubmitQueue) {
    this.#gpu = gpu
    this.#queue = queue
  }

  /**
   * Solves a member's matrices as all work queued so far leaves them.
   * @param payer is charged with the time.
   */
  solve(member: JacobiMember, payer: object): Promise<readonly SolvedMatrix[]> {
    this.flush(member)
    if (this.#asked.size === 0) queueMicrotask(() => this.#solveAll())
    return new Promise((resolve, reject) => this.#asked.set(member, { payer, resolve, reject }))
  }

  /** To be called before work is queued that writes a member's matrices: what was asked for is queued now. */
  flush(member: JacobiMember): void {
    if (this.#asked.has(member)) this.#solveAll()
  }

  /** The member's matrices are gone; what it asked for rejects, and others are solved as before. */
  leave(member: JacobiMember): void {
    this.#asked.get(member)?.reject(new SessionEnded())
    this.#asked.delete(member)
    for (const set of this.#sets.filter(({ batch }) => batch.members.includes(member))) {
      this.#sets.splice(this.#sets.indexOf(set), 1)
      const isDeserted = !set.batch.members.some(({ matrices }) => this.#gpu.ledger.isLive(matrices))
      if (isDeserted) this.#queue.discard(set)
      if (isDeserted || set.underWay === 0) set.scope.destroy()
    }
  }

  #solveAll(): void {
    if (this.#asked.size === 0) return
    const members = [...this.#asked.keys()]
    const asked = [...this.#asked.values()]
    this.#asked.clear()
    this.#solveSet(this.#prepare(members), asked).then(
      (solved) => asked.forEach(({ resolve }, index) => resolve(solved[index]!)),
      (error: unknown) => asked.forEach(({ reject }) => reject(error)),
    )
  }

  async #solveSet(set: PreparedSet, asked: readonly Asked[]): Promise<readonly (readonly SolvedMatrix[])[]> {
    const { batch, staging } = set
    const payers = new Map(asked.map(({ payer }, index) => [payer, operations(batch.members[index]!)]))
    const prepare = (encoder: GPUCommandEncoder): void => batch.bringIn(encoder)
    const work = { owner: set, kind: 'measuring', plan: batch.plan, repeat: 1, payers, prepare } as const
    set.underWay++
    try {
      return batch.decode(await this.#queue.read(work, staging, batch.results))
    } finally {
      set.underWay--
      if (set.underWay === 0 && !this.#sets.includes(set)) set.scope.destroy()
    }
  }

  #prepare(members: readonly JacobiMember[]): PreparedSet {
    const known = this.#sets.find(
      ({ batch }) => batch.members.length === members.length && batch.members.every((one, at) => one === members[at]),
    )
    if (known) return known
    const scope = new BufferScope(this.#gpu)
    const batch = createJointBatch(this.#gpu.ledger, scope, members)
    const staging = new StagingRing(scope, 'spectra', batch.resultBytes, COLUMNS_UNDER_WAY)
    const set = { batch, scope, staging, underWay: 0 }
    this.#sets.push(set)
    return set
  }
}

/** Of a sweep, up to a factor. */
function operations({ places }: JacobiMember): number {
  return places.reduce((sum, { order }) => sum + order ** 3, 0)
}
