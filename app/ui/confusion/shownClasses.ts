import type { ConfusionMatrix } from '../../metrics/confusion'

/** Rows that can be told apart, and are worth reading. */
export const mostClasses = 20

/** The classes a matrix has room for, in their order: all of them, or of many those with most mistakes. */
export function shownClasses({ classes, counts, support }: ConfusionMatrix): readonly number[] {
  const all = Array.from({ length: classes }, (_, index) => index)
  if (classes <= mostClasses) return all
  const mistakes = all.map((own) => {
    const hits = counts[own * classes + own]!
    const predictions = all.reduce((sum, truth) => sum + counts[truth * classes + own]!, 0)
    return support[own]! + predictions - 2 * hits
  })
  return all
    .toSorted((one, other) => mistakes[other]! - mistakes[one]!)
    .slice(0, mostClasses)
    .toSorted((one, other) => one - other)
}
