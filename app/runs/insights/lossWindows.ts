import type { HistoryColumn, LossSeries } from '../state'

/** Points of the first steps: what an untrained network's loss is taken from where no column has it. */
const START_POINTS = 5

/** Means of a training series over windows of steps, each in O(log n). */
export class LossWindows {
  readonly #series: LossSeries
  readonly #originStep: number
  readonly #windowSteps: number
  /** [length + 1] Sums of the points before each position. */
  readonly #lossSums: Float64Array
  readonly #accuracySums: Float64Array

  /** @param originStep where the part of the run begins that windows may reach back to. */
  constructor(series: LossSeries, originStep: number, windowSteps: number) {
    this.#series = series
    this.#originStep = originStep
    this.#windowSteps = windowSteps
    this.#lossSums = prefixSums(series.loss, series.length)
    this.#accuracySums = prefixSums(series.accuracy, series.length)
  }

  /** Mean over the window that ends at `step`; NaN where it holds no point. */
  lossAt(step: number): number {
    return this.#mean(this.#lossSums, step)
  }

  accuracyAt(step: number): number {
    return this.#mean(this.#accuracySums, step)
  }

  /** The highest loss since the origin, up to each of the ascending steps. */
  highestAt(steps: Float64Array): Float64Array {
    const { steps: pointSteps, loss, length } = this.#series
    let point = this.#pointsUpTo(this.#originStep)
    let highest = -Infinity
    return steps.map((step) => {
      for (; point < length && pointSteps[point]! <= step; point++) highest = Math.max(highest, loss[point]!)
      return highest
    })
  }

  /** Loss where the part begins: held out at its column, or of the first updates. */
  startLoss(column: HistoryColumn | undefined): number {
    if (column?.step === this.#originStep && column.heldOutLoss !== undefined) return column.heldOutLoss
    const first = this.#pointsUpTo(this.#originStep)
    const count = Math.min(START_POINTS, this.#series.length - first)
    return (this.#lossSums[first + count]! - this.#lossSums[first]!) / count
  }

  #mean(sums: Float64Array, step: number): number {
    const end = this.#pointsUpTo(step)
    const start = this.#pointsUpTo(Math.max(this.#originStep, step - this.#windowSteps))
    return (sums[end]! - sums[start]!) / (end - start)
  }

  /** How many points lie at or before a step. */
  #pointsUpTo(step: number): number {
    const { steps, length } = this.#series
    let low = 0
    let high = length
    while (low < high) {
      const middle = (low + high) >> 1
      if (steps[middle]! <= step) low = middle + 1
      else high = middle
    }
    return low
  }
}

function prefixSums(values: Float32Array, length: number): Float64Array {
  const sums = new Float64Array(length + 1)
  for (let index = 0; index < length; index++) sums[index + 1] = sums[index]! + values[index]!
  return sums
}
