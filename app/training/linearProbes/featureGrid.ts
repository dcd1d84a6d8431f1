import { elementsOf, type TensorShape } from '../../experiment/tensorShape'

/** Cells per side that an image is averaged over at most: where something is still counts, though not to the pixel. */
const MOST_CELLS = 4
/** Features of a probe: more would take longer to fit than anybody waits, and more samples to determine. */
const MOST_FEATURES = 1_024

/** The cells that a layer's output is averaged over: the finest grid that a probe can take in, at least one cell. */
export function featureGrid(shape: TensorShape): TensorShape {
  for (let cells = MOST_CELLS; cells > 1; cells--) {
    const grid = { ...shape, height: Math.min(cells, shape.height), width: Math.min(cells, shape.width) }
    if (elementsOf(grid) <= MOST_FEATURES) return grid
  }
  return { ...shape, height: 1, width: 1 }
}
