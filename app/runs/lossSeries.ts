import type { LossSeries } from './state'

/** Points kept per run: more than any screen is wide, few enough to draw in a millisecond. */
const CAPACITY = 4_096

/**
 * Loss and accuracy per step in a bounded number of points. When full, neighbours are averaged in pairs and from then
 * on each point is the mean of twice as many steps.
 */
export class DecimatedLoss implements LossSeries {
  readonly steps = new Float64Array(CAPACITY)
  readonly loss = new Float32Array(CAPACITY)
  readonly accuracy = new Float32Array(CAPACITY)
  #length = 0
  #stepsPerPoint = 1
  #pending = { count: 0, loss: 0, accuracy: 0 }

  get length(): number {
    return this.#length
  }

  /** Appends the records of steps `firstStep`, `firstStep` + 1, …; each array has one value per step. */
  append(firstStep: number, loss: Float32Array, accuracy: Float32Array): void {
    for (let index = 0; index < loss.length; index++) {
      const pending = this.#pending
      pending.count++
      pending.loss += loss[index]!
      pending.accuracy += accuracy[index]!
      if (pending.count === this.#stepsPerPoint) this.#finishPoint(firstStep + index)
    }
  }

  #finishPoint(step: number): void {
    if (this.#length === CAPACITY) {
      this.#halve()
      // The point in hand covers half of what a point covers now.
      return
    }
    const { count, loss, accuracy } = this.#pending
    this.steps[this.#length] = step
    this.loss[this.#length] = loss / count
    this.accuracy[this.#length] = accuracy / count
    this.#length++
    this.#pending = { count: 0, loss: 0, accuracy: 0 }
  }

  #halve(): void {
    const half = CAPACITY / 2
    for (let index = 0; index < half; index++) {
      const left = 2 * index
      this.steps[index] = this.steps[left + 1]!
      this.loss[index] = (this.loss[left]! + this.loss[left + 1]!) / 2
      this.accuracy[index] = (this.accuracy[left]! + this.accuracy[left + 1]!) / 2
    }
    this.#length = half
    this.#stepsPerPoint *= 2
  }
}
