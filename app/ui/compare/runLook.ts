import type { Letter } from '../../runs/state'

/** How a run looks wherever it is drawn: its letter, a colour of the Okabe–Ito palette and a dash that tells without it. */
export interface RunLook {
  /** Name of the colour's token in theme/tokens.css. */
  readonly colour: `--run-${string}`
  /** Lengths of strokes and gaps, as a canvas or SVG takes them; empty is solid. */
  readonly dash: readonly number[]
}

export const runLooks: Readonly<Record<Letter, RunLook>> = {
  A: { colour: '--run-a', dash: [] },
  B: { colour: '--run-b', dash: [7, 4] },
  C: { colour: '--run-c', dash: [2, 3] },
  D: { colour: '--run-d', dash: [9, 3, 2, 3] },
}
