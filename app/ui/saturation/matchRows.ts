import { joinNames } from '../../runs/joinNames'

/** Rows of several heatmaps below one another: the same layer in the same place in all of them. */
export interface MatchedRows {
  /** Top to bottom: from the input to the output. */
  readonly names: readonly string[]
  /** By run and row: which of the run's outputs it is, or undefined where the run has no such layer. */
  readonly places: readonly (readonly (number | undefined)[])[]
}

/**
 * Matches tracked outputs by name, which says their position from the input: “hidden 1” with “hidden 1”, “output” with
 * “output”, however many layers lie between.
 */
export function matchRows(networks: readonly (readonly { readonly name: string }[])[]): MatchedRows {
  const named = networks.map((outputs) => outputs.map(({ name }) => name))
  const names = joinNames(named)
  return { names, places: named.map((own) => names.map((name) => indexIn(own, name))) }
}

function indexIn(names: readonly string[], name: string): number | undefined {
  const index = names.indexOf(name)
  return index < 0 ? undefined : index
}
