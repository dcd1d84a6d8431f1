import type { TrainingSession } from '../training/session'

interface PainterOptions {
  readonly session: TrainingSession
  /** Standardised, [rows, features]: always the same. */
  readonly inputs: Float32Array
  readonly rows: number
  readonly millisBetween: number
  /** @param outputs [rows, outputs], at the weights of a step. */
  readonly onPainted: (step: number, outputs: Float32Array) => void
}

/** Asks the network now and then what it makes of the same inputs, without ever making training wait. */
export class Painter {
  readonly #options: PainterOptions
  #paintedStep = -1
  #lookedAt: number | undefined
  #paintedAt = -Infinity
  #busy = false

  constructor(options: PainterOptions) {
    this.#options = options
  }

  /**
   * Begins a picture where the weights moved and the last one is old enough.
   * @param painters runs that are painted in turn, this one included: together they get no more than one alone.
   */
  paintIfDue(now: number, painters: number): void {
    if (now - this.#paintedAt >= this.#options.millisBetween * painters) this.paint(now)
  }

  /** Paints those of this past step, or of the last one before it that was kept; undefined: of the present. */
  lookBack(step: number | undefined, now: number): void {
    this.#lookedAt = step
    this.paint(now)
  }

  /** Begins a picture where its weights are not those of the last one. */
  paint(now: number): void {
    const { session, inputs, rows, onPainted } = this.#options
    const kept = this.#keptStep()
    const step = kept ?? session.step
    if (this.#busy || step === this.#paintedStep) return
    this.#busy = true
    this.#paintedAt = now
    this.#paintedStep = step
    session.predict(inputs, rows, kept).then(
      (outputs) => {
        this.#busy = false
        onPainted(step, outputs)
        // Whoever looked elsewhere meanwhile waits for that now.
        if (this.#keptStep() !== kept) this.paint(performance.now())
      },
      () => {
        // The session ended while the picture was under way; its end is reported by the scheduler.
        this.#busy = false
      },
    )
  }

  /** The kept step that is looked at; undefined where that is the present. */
  #keptStep(): number | undefined {
    const lookedAt = this.#lookedAt
    if (lookedAt === undefined) return undefined
    return this.#options.session.snapshots.findLast(({ step }) => step <= lookedAt)?.step
  }
}
