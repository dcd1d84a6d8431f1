import type { Goal } from '../experiment/goal'

/**
 * What a hidden layer should at least have. C classes whose means are all equally far apart, as training drives them,
 * span C − 1 directions; with fewer some have to be closer together. Two, because a single unit passes on no more than
 * an order. How few an autoencoder needs is for its training to say.
 */
export function narrowestWidth(goal: Goal): number {
  if (goal.kind === 'reconstruction') return 2
  return Math.max(2, goal.kind === 'classification' ? goal.classes - 1 : goal.outputs)
}

/** Widths a person would type: 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, … */
function* niceWidths(): Generator<number, never> {
  for (let power = 1; ; power *= 2) {
    yield 2 * power
    yield 3 * power
  }
}

/** The first round width that is at least `units`. */
export function roundWidthUp(units: number): number {
  for (const width of niceWidths()) if (width >= units) return width
  return units
}
