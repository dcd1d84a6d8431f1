/** Shares out the time of something that serves one request after another: waiting for one's turn costs nothing. */
export class SerialClock {
  #lastEnd = 0

  /**
   * Ends a request; they end in the order they were made in.
   * @param since when it was made, by `performance.now()`.
   * @returns milliseconds it was served.
   */
  end(since: number): number {
    const now = performance.now()
    const millis = now - Math.max(since, this.#lastEnd)
    this.#lastEnd = now
    return millis
  }
}
