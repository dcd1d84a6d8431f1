/** What one column says about a condition. */
export type Verdict = 'holds' | 'fails' | 'unclear'

/** Columns of a window, at least: one noisy measurement proves nothing (design: the tail is judged over 20). */
export const WINDOW_COLUMNS = 20
/** Where columns are far apart, fewer are enough: this many over this many windows. */
const SPARSE = { columns: 5, windows: 5 } as const
/** How long a condition has to hold, in words; five windows are a quarter of the planned steps. */
export const forAWindow = `for ${WINDOW_COLUMNS} columns, or ${SPARSE.columns} over a quarter of the run`

/** Holds below `enter`, fails from `leave` on; between them, and where nothing was measured, it is unclear. */
export function below(value: number, enter: number, leave: number): Verdict {
  if (value < enter) return 'holds'
  return value >= leave ? 'fails' : 'unclear'
}

/** Holds from `enter` on, fails below `leave`. */
export function atLeast(value: number, enter: number, leave: number): Verdict {
  if (value >= enter) return 'holds'
  return value < leave ? 'fails' : 'unclear'
}

export function all(...verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fails')) return 'fails'
  return verdicts.every((verdict) => verdict === 'holds') ? 'holds' : 'unclear'
}

export function any(...verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('holds')) return 'holds'
  return verdicts.every((verdict) => verdict === 'fails') ? 'fails' : 'unclear'
}

/**
 * Reads a condition along the columns of a run so that it cannot flicker: it comes true once it has held in every
 * column of a window, and goes once it has failed in every column of one. A window is at least `WINDOW_COLUMNS`
 * columns and `windowSteps` steps long, or 5 columns over five times as many steps. It is read from the newest column
 * back, and no further than to a window of failures: what was before does not matter, and in a healthy run that is
 * nearly all of it.
 * @param steps of the columns, ascending.
 * @param first column to look at.
 * @returns the column from which it has been true, or undefined where it is not at the last column.
 */
export function latch(
  steps: ArrayLike<number>,
  first: number,
  windowSteps: number,
  verdictAt: (column: number) => Verdict,
): number | undefined {
  let since: number | undefined
  let end = steps.length - 1
  let streak = end >= first ? verdictAt(end) : undefined
  for (let column = end; column >= first; column--) {
    // The streak reaches from here to `end`, and perhaps further back.
    const isLong = isWindow(end - column + 1, (steps[end]! - steps[column]!) / windowSteps)
    if (streak === 'fails' && isLong) return since
    const before = column > first ? verdictAt(column - 1) : undefined
    if (before === streak) continue
    if (streak === 'holds' && isLong) since = column
    streak = before
    end = column - 1
  }
  return since
}

function isWindow(columns: number, windows: number): boolean {
  const isDense = columns >= WINDOW_COLUMNS && windows >= 1
  return isDense || (columns >= SPARSE.columns && windows >= SPARSE.windows)
}
