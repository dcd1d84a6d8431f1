import type { Sampling } from '../experiment/spec'
import type { Measuring } from './measuring'

/** Training steps under way that a column is made of. */
export interface OpenWindow {
  stepsLeft: number
  readonly measuring: Measuring
  readonly finish: () => void
  readonly abandon: (error: Error) => void
}

/** What a session measures with, which may be exchanged while it runs. */
export class LiveMeasuring {
  readonly #open: (sampling: Sampling) => Promise<Measuring>
  #current: Measuring
  #wanted: Sampling
  /** Columns that were begun and have not come back. */
  readonly #underWay = new Map<Measuring, number>()

  /** @param open prepares measuring by another sampling. */
  constructor(first: Measuring, open: (sampling: Sampling) => Promise<Measuring>) {
    this.#current = first
    this.#wanted = first.sampling
    this.#open = open
  }

  get current(): Measuring {
    return this.#current
  }

  /**
   * Resolves when columns begun from then on are measured so; or at once done with, where another was asked for since.
   * Rejects where that cannot be prepared: columns are measured as before then.
   */
  async change(sampling: Sampling): Promise<void> {
    this.#wanted = sampling
    if (this.#current.sampling === sampling) return
    const next = await this.#open(sampling).catch((error: unknown) => {
      if (this.#wanted === sampling) this.#wanted = this.#current.sampling
      throw error
    })
    if (this.#wanted !== sampling || this.#current.sampling === sampling) return next.destroy()
    const before = this.#current
    this.#current = next
    if (!this.#underWay.has(before)) before.destroy()
  }

  /** Begins a column with what is in force now, which stays in being until the column has come back. */
  async use<Result>(column: (measuring: Measuring) => Promise<Result>): Promise<Result> {
    const measuring = this.#current
    this.#underWay.set(measuring, (this.#underWay.get(measuring) ?? 0) + 1)
    try {
      return await column(measuring)
    } finally {
      const left = this.#underWay.get(measuring)! - 1
      if (left > 0) this.#underWay.set(measuring, left)
      else this.#underWay.delete(measuring)
      if (left === 0 && measuring !== this.#current) measuring.destroy()
    }
  }
}
