import { yieldToMessages } from './yieldToMessages'

/** The thread answers messages between reads of about this length. */
const READ_MILLIS = 20

/** How many samples a thread that has other things to do reads at once. */
export class ReadPace {
  #rows = 1

  /** Follows from how long the last read took. */
  get rows(): number {
    return this.#rows
  }

  /** Lets the thread read its messages after a read that took so long. */
  async rest(millis: number): Promise<void> {
    if (millis < READ_MILLIS / 2) this.#rows *= 2
    else if (millis > READ_MILLIS) this.#rows = Math.max(1, Math.floor(this.#rows / 2))
    await yieldToMessages()
  }
}
