import type { Contender, Letter, View } from '../../runs/state'

type Compare = View['compare']

/** Ways to look at several runs, in the order in which a key goes through them. */
export const compareModes: readonly { readonly value: Compare; readonly label: string; readonly title: string }[] = [
  { value: 'each', label: 'each', title: 'A heatmap of every run, on one scale' },
  { value: 'difference', label: 'difference', title: 'What each run has more or less than the baseline' },
  { value: 'active', label: 'one', title: 'Only the run that is edited, large' },
]

/** The way to look that comes after `compare`; after the last one the first. */
export function nextCompare(compare: Compare): Compare {
  const index = compareModes.findIndex(({ value }) => value === compare)
  return compareModes[(index + 1) % compareModes.length]?.value ?? compare
}

/** Of the runs on screen those that have a heatmap. */
export function shownRuns<Run extends Pick<Contender, 'letter'>>(
  runs: readonly Run[],
  { compare, active, baseline }: { readonly compare: Compare; readonly active: Letter; readonly baseline: Letter },
): readonly Run[] {
  if (runs.length < 2 || compare === 'each') return runs
  return runs.filter(({ letter }) => (compare === 'active' ? letter === active : letter !== baseline))
}
