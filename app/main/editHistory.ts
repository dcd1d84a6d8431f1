/** States kept to go back to: more than anybody remembers having made. */
const CAPACITY = 200
/** Edits of one kind that follow each other this quickly are one: a slider that is dragged. */
const TOGETHER_MILLIS = 1_000

/** The past and the undone future of something that is edited. */
export class EditHistory<State> {
  #past: readonly State[] = []
  #future: readonly State[] = []
  #last: { readonly kind: string; readonly at: number } | undefined

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /**
   * Notes the state before an edit.
   * @param kind edits of the same kind in quick succession are undone together.
   * @param now milliseconds, any fixed origin.
   */
  record(before: State, kind: string, now: number): void {
    const isContinued = this.#last?.kind === kind && now - this.#last.at < TOGETHER_MILLIS
    if (!isContinued) this.#past = [...this.#past, before].slice(-CAPACITY)
    this.#future = []
    this.#last = { kind, at: now }
  }

  /** @returns the state before the last edit, to be restored; undefined where there is none. */
  undo(present: State): State | undefined {
    const before = this.#past.at(-1)
    if (before === undefined) return undefined
    this.#past = this.#past.slice(0, -1)
    this.#future = [present, ...this.#future]
    this.#last = undefined
    return before
  }

  /** @returns the state that was undone last; undefined where there is none. */
  redo(present: State): State | undefined {
    const [next, ...rest] = this.#future
    if (next === undefined) return undefined
    this.#past = [...this.#past, present]
    this.#future = rest
    this.#last = undefined
    return next
  }
}
