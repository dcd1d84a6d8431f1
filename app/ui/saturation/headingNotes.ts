import type { Initialisation } from '../../experiment/spec'
import type { Letter } from '../../runs/state'
import { describeStartBriefly } from './startText'

interface InitialisedRun {
  readonly letter: Letter
  readonly run: { readonly spec: { readonly initialisation: Initialisation } } | undefined
}

/**
 * What stands beside the letter of each heatmap: which is the baseline, or what is subtracted; and where runs were
 * initialised in different ways, how, since no saturation may be read without it.
 */
export function headingNotes(
  runs: readonly InitialisedRun[],
  baseline: Letter,
  isDifference: boolean,
): readonly (string | undefined)[] {
  const starts = runs.map(startOf)
  const isMixed = startsDiffer(runs)
  return runs.map(({ letter }, index) => {
    const role = isDifference ? `minus ${baseline}` : letter === baseline ? 'baseline' : undefined
    const words = [role, isMixed ? starts[index] : undefined].filter((word) => word !== undefined)
    return words.length > 0 ? words.join(' · ') : undefined
  })
}

/** Whether the runs’ weights were initialised in different ways. */
export function startsDiffer(runs: readonly InitialisedRun[]): boolean {
  return new Set(runs.map(startOf).filter((start) => start !== undefined)).size > 1
}

function startOf({ run }: InitialisedRun): string | undefined {
  return run && describeStartBriefly(run.spec.initialisation)
}
