import type { TaskShape } from '../experiment/dataShape'

/**
 * What a hidden layer should at least have. C classes whose means are all equally far apart, as training drives them,
 * span C − 1 directions; with fewer some have to be closer together. Two, because a single unit passes on no more than
 * an order.
 */
export function narrowestWidth(task: TaskShape): number {
  return Math.max(2, task.kind === 'classification' ? task.classes - 1 : task.outputs)
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
