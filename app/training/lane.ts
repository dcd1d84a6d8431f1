import type { Measurement, StepRecords, TrainingSession } from './session'

/** What arrived from one session since the last time. */
export interface SessionNews {
  readonly records: readonly StepRecords[]
  readonly columns: readonly Measurement[]
}

/** One session of a race and its columns on their way. */
export class Lane {
  readonly session: TrainingSession
  readonly #keepsWeights: boolean
  /** By column: the step it belongs to, which lies ahead while its window is open. */
  readonly #underWay = new Map<Promise<void>, number>()
  readonly #arrived: Measurement[] = []
  readonly #columnSteps: number[] = []
  /** Of the newest column. */
  #sampling: TrainingSession['sampling'] | undefined
  /** Of the measuring clock: what the columns that arrived so far are charged with. */
  #chargedMillis = 0
  #columnFailure: Error | undefined
  #hasLeft = false

  /** @param keepsWeights whether the weights of measured steps are kept, for going back to them. */
  constructor(session: TrainingSession, keepsWeights: boolean) {
    this.session = session
    this.#keepsWeights = keepsWeights
  }

  get step(): number {
    return this.session.step
  }

  /** Sessions that met NaN or infinity make no further updates, so nobody must go on asking for them. */
  get isRacing(): boolean {
    return !this.#hasLeft && this.session.nonFinite === undefined
  }

  get hasLeft(): boolean {
    return this.#hasLeft
  }

  /** The step of a column begun now. */
  get columnStep(): number {
    return this.step + this.session.windowSteps
  }

  /** Whether a column of that step was begun, measured as it would be now. */
  get hasColumn(): boolean {
    return this.hasAnyColumn && this.#columnSteps.at(-1) === this.columnStep
  }

  /** Whether any column was begun that was measured as it would be now. */
  get hasAnyColumn(): boolean {
    return this.#sampling === this.session.sampling
  }

  /** Steps of the columns that arrived or are on their way, ascending. */
  get columnSteps(): readonly number[] {
    return this.#columnSteps
  }

  get columnsUnderWay(): number {
    return this.#underWay.size
  }

  /** The window of a column that was begun goes on; the next may not begin before it ends. */
  get windowIsOpen(): boolean {
    return [...this.#underWay.values()].some((step) => step > this.step)
  }

  /** Queues updates; those of a session that leaves meanwhile are nobody's concern. */
  async advance(steps: number): Promise<void> {
    try {
      await this.session.advance(steps)
    } catch (error) {
      if (!this.#hasLeft) throw error
    }
  }

  /** @param onArrival hears what the column cost, in milliseconds of the engine's time. */
  beginColumn(onArrival: (costMillis: number) => void): void {
    const step = this.columnStep
    if (this.#columnSteps.at(-1) !== step) this.#columnSteps.push(step)
    this.#sampling = this.session.sampling
    if (this.#keepsWeights) this.session.snapshot()
    const column = this.session.measure().then((measurement) => {
      if (measurement) this.#arrived.push(measurement)
      else this.#columnSteps.splice(this.#columnSteps.indexOf(step), 1)
      // Columns may be under way together, so each is charged with what was spent since the one before arrived.
      const { measuringMillis } = this.session.clock
      onArrival(measuringMillis - this.#chargedMillis)
      this.#chargedMillis = measuringMillis
    })
    this.#underWay.set(column, step)
    column
      .catch((error: unknown) => (this.#columnFailure ??= error instanceof Error ? error : new Error(String(error))))
      .finally(() => this.#underWay.delete(column))
  }

  /** Resolves when one of the columns under way has arrived, or failed. */
  async nextColumn(): Promise<void> {
    await Promise.race(this.#underWay.keys()).catch(() => {})
  }

  /** @throws what a column failed with: what the caller counts on must not go missing unheard. */
  check(): void {
    if (this.#columnFailure && !this.#hasLeft) throw this.#columnFailure
  }

  /** Waits for updates and columns; a window that is still open waits for updates that come only when play goes on. */
  async settle(): Promise<void> {
    try {
      await this.session.settle()
      const closed = [...this.#underWay].filter(([, step]) => step <= this.step)
      await Promise.all(closed.map(([column]) => column))
    } catch (error) {
      if (!this.#hasLeft) throw error
    }
    this.check()
  }

  takeNews(): SessionNews {
    return { records: this.session.takeRecords(), columns: this.#arrived.splice(0) }
  }

  /** Frees the session; what it still had under way is dropped. */
  leave(): void {
    if (this.#hasLeft) return
    this.#hasLeft = true
    this.session.destroy()
  }
}
