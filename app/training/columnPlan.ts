import { Cadence, type ColumnRequest } from './cadence'
import type { Lane } from './lane'
import type { Pacer } from './pacer'
import type { EngineClock } from './session'
import { findsItsLike, leadersOf, stepsToLike } from './sharedColumns'

/** Columns under way per session; with a fixed cadence the loop waits for the oldest beyond this. */
const MAX_COLUMNS_UNDER_WAY = 4

/** Which lanes of a race have a column measured, and when. */
export class ColumnPlan {
  readonly #cadence: Cadence
  readonly #pacer: Pacer
  /** No column belongs to a later step. */
  plannedSteps: number
  /** What sessions that have left spent. */
  #spent: EngineClock = { trainingMillis: 0, measuringMillis: 0 }

  constructor(options: { readonly plannedSteps: number; readonly cadence: 'auto' | number }, pacer: Pacer) {
    this.#cadence = new Cadence(options.cadence)
    this.#pacer = pacer
    this.plannedSteps = options.plannedSteps
  }

  /** Time passed while playing. */
  passTime(millis: number): void {
    this.#cadence.passTime(millis)
  }

  /** A lane leaves; what it spent stays spent. */
  forget(lane: Lane): void {
    this.#spent = addClocks([this.#spent, lane.session.clock])
  }

  /**
   * Most updates these lanes, all at the same step, may make before their next column could be due.
   * @param race every lane
   */
  stepsToNext(lanes: readonly Lane[], race: readonly Lane[]): number {
    return Math.min(this.#stepsToComparable(lanes, race), ...lanes.map((lane) => this.#stepsToScheduled(lane)))
  }

  /** Begins columns that something else than the cadence asks for; windows cannot be had at once. */
  measureNow(lanes: readonly Lane[]): void {
    const able = lanes.filter((lane) => lane.isRacing && lane.session.windowSteps === 0 && !lane.hasColumn)
    this.#begin(able, true)
  }

  /**
   * The first weights have their column at once, but for windows, which begin where one is due; a run that joins later
   * has its first as soon as it can be compared.
   */
  measureFirst(race: readonly Lane[]): void {
    this.measureNow(race.filter((lane) => !lane.hasAnyColumn && findsItsLike(lane, race)))
  }

  /** The weights that runs come to rest with have their column; one that has not caught up yet goes on from its own. */
  measureLast(race: readonly Lane[]): void {
    this.measureNow(race.filter((lane) => !leadersOf(lane, race).some((leader) => leader.isRacing)))
  }

  /**
   * Begins the columns that are due, of all these lanes at the same step.
   * @param race every lane: they share the budget.
   */
  async measureIfDue(lanes: readonly Lane[], race: readonly Lane[]): Promise<void> {
    for (const lane of lanes) lane.check()
    const able = lanes.filter((lane) => isAble(lane) && !lane.hasColumn)
    const last = able.filter((lane) => lane.session.windowSteps > 0 && lane.step === this.#lastWindowStart(lane))
    this.#begin(last, true)
    const request = this.#request(able, race)
    const due = able.filter(
      (lane) =>
        !last.includes(lane) &&
        !this.#standsInTheWay(lane) &&
        this.#cadence.isDue(lane.columnStep, request) &&
        (!this.#cadence.isAutomatic || findsItsLike(lane, race)),
    )
    for (const lane of due) while (lane.columnsUnderWay >= MAX_COLUMNS_UNDER_WAY) await lane.nextColumn()
    this.#begin(due, false)
  }

  /** To where a column must begin: by the interval, or for the last weights. */
  #stepsToScheduled(lane: Lane): number {
    const untilDue = this.#cadence.stepsUntilDue(lane.columnStep)
    const untilLastWindow = this.#lastWindowStart(lane) - lane.step
    return untilLastWindow > 0 ? Math.min(untilDue, untilLastWindow) : untilDue
  }

  /** To where lanes that are behind find columns of others, once they may have one. */
  #stepsToComparable(lanes: readonly Lane[], race: readonly Lane[]): number {
    if (!this.#cadence.isAutomatic) return Infinity
    const able = lanes.filter(isAble)
    const request = this.#request(able, race)
    const waiting = able.filter((lane) => !lane.hasAnyColumn || this.#cadence.isDue(lane.columnStep, request))
    return Math.min(...waiting.map((lane) => stepsToLike(lane, race)))
  }

  #request(lanes: readonly Lane[], race: readonly Lane[]): ColumnRequest {
    return {
      now: performance.now(),
      pace: this.#pacer.pace,
      clock: addClocks([this.#spent, ...race.map(({ session }) => session.clock)]),
      columns: lanes.length,
      isBehind: lanes.some((lane) => leadersOf(lane, race).length > 0),
    }
  }

  /** Where a window must begin so that the last weights have their column, too. */
  #lastWindowStart(lane: Lane): number {
    return this.plannedSteps - lane.session.windowSteps
  }

  /** Whether a window that began now would still be open when the one that ends with the last weights begins. */
  #standsInTheWay(lane: Lane): boolean {
    const { windowSteps } = lane.session
    return windowSteps > 0 && lane.step > this.#lastWindowStart(lane) - windowSteps
  }

  #begin(lanes: readonly Lane[], requested: boolean): void {
    for (const lane of lanes) {
      if (lane.columnStep > this.plannedSteps) continue
      this.#cadence.begin(performance.now())
      lane.beginColumn((cost) => this.#cadence.finish(cost, requested))
    }
  }
}

/** Whether the lane can be measured: no window of its is open. */
function isAble(lane: Lane): boolean {
  return lane.isRacing && !lane.windowIsOpen
}

function addClocks(clocks: readonly EngineClock[]): EngineClock {
  return {
    trainingMillis: clocks.reduce((sum, { trainingMillis }) => sum + trainingMillis, 0),
    measuringMillis: clocks.reduce((sum, { measuringMillis }) => sum + measuringMillis, 0),
  }
}
