import { Cadence } from './cadence'
import type { Lane } from './lane'
import type { Pacer } from './pacer'
import type { EngineClock } from './session'

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

  /** Most updates a lane may make before its next column could be due. */
  stepsToNext(lane: Lane): number {
    const untilDue = this.#cadence.stepsUntilDue(lane.columnStep)
    const untilLastWindow = this.#lastWindowStart(lane) - lane.step
    return untilLastWindow > 0 ? Math.min(untilDue, untilLastWindow) : untilDue
  }

  /** Begins columns that something else than the cadence asks for; windows cannot be had at once. */
  measureNow(lanes: readonly Lane[]): void {
    const able = lanes.filter((lane) => lane.isRacing && lane.session.windowSteps === 0 && !lane.hasColumn)
    this.#begin(able, true)
  }

  /**
   * Begins the columns that are due, of all these lanes at the same step.
   * @param race every lane: they share the budget.
   */
  async measureIfDue(lanes: readonly Lane[], race: readonly Lane[]): Promise<void> {
    for (const lane of lanes) lane.check()
    const able = lanes.filter((lane) => lane.isRacing && !lane.hasColumn && !lane.windowIsOpen)
    const last = able.filter((lane) => lane.session.windowSteps > 0 && lane.step === this.#lastWindowStart(lane))
    this.#begin(last, true)
    const now = performance.now()
    const clock = addClocks([this.#spent, ...race.map(({ session }) => session.clock)])
    const isBehind = race.some((other) => other.isRacing && lanes.some((lane) => lane.step < other.step))
    const request = { now, pace: this.#pacer.pace, clock, columns: able.length, isBehind }
    const due = able.filter(
      (lane) => !this.#standsInTheWay(lane) && this.#cadence.isDue(lane.columnStep, request) && !last.includes(lane),
    )
    for (const lane of due) while (lane.columnsUnderWay >= MAX_COLUMNS_UNDER_WAY) await lane.nextColumn()
    this.#begin(due, false)
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

function addClocks(clocks: readonly EngineClock[]): EngineClock {
  return {
    trainingMillis: clocks.reduce((sum, { trainingMillis }) => sum + trainingMillis, 0),
    measuringMillis: clocks.reduce((sum, { measuringMillis }) => sum + measuringMillis, 0),
  }
}
