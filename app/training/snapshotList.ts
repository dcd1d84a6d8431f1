/** Steps whose weights a session keeps at most. */
const MOST_SNAPSHOTS = 32
/** The first and the newest, however large the network. */
const FEWEST_SNAPSHOTS = 2
/** What copies may take in the memory of the CPU, besides the caller's budget on the GPU. */
const MEMORY_BYTES = 256 * 2 ** 20

interface Kept<Copy> {
  readonly step: number
  readonly copy: Copy
}

/** How many snapshots of `bytes` each are kept where the GPU may hold `budget` bytes of them. */
export function snapshotCapacity(bytes: number, budget: number): number {
  const fitting = Math.floor((budget + MEMORY_BYTES) / Math.max(1, bytes))
  return Math.max(FEWEST_SNAPSHOTS, Math.min(MOST_SNAPSHOTS, fitting))
}

/**
 * Copies by step, spread over the run: where there is no room for another, the one goes whose neighbours are nearest to
 * each other. However often copies come, gaps then differ by a factor of about two; the first and the newest stay.
 */
export class SnapshotList<Copy> {
  readonly #capacity: number
  readonly #kept: Kept<Copy>[] = []

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** In order of their steps. */
  get kept(): readonly Kept<Copy>[] {
    return this.#kept
  }

  /** Takes out what must go before a copy is added at `step`: those from there on, and one where the list is full. */
  makeRoom(step: number): readonly Copy[] {
    const replaced = this.dropAfter(step - 1)
    if (this.#kept.length < this.#capacity) return replaced
    return [...replaced, ...this.#kept.splice(this.#leastMissed(step), 1).map(({ copy }) => copy)]
  }

  /** After `makeRoom(step)`. */
  add(step: number, copy: Copy): void {
    this.#kept.push({ step, copy })
  }

  /** Takes out the copies of later steps than this. */
  dropAfter(step: number): readonly Copy[] {
    const first = this.#kept.findIndex((kept) => kept.step > step)
    return first < 0 ? [] : this.#kept.splice(first).map(({ copy }) => copy)
  }

  /**
   * The newest at or before `step`.
   * @throws RangeError where there is none.
   */
  newestAt(step: number): Kept<Copy> {
    const found = this.#kept.findLast((kept) => kept.step <= step)
    if (!found) throw new RangeError(`no weights were kept at or before step ${step}`)
    return found
  }

  #leastMissed(newStep: number): number {
    let best = 1
    let smallestGap = Infinity
    for (let index = 1; index < this.#kept.length; index++) {
      const gap = (this.#kept[index + 1]?.step ?? newStep) - this.#kept[index - 1]!.step
      if (gap < smallestGap) [best, smallestGap] = [index, gap]
    }
    return best
  }
}
