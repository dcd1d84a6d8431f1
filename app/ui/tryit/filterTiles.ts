import type { Filters } from '../../runs/state'

/** How a layer's weights are laid out as tiles. */
export interface FilterTiles {
  readonly count: number
  /** Input channels side by side, a row per output channel; undefined where each filter is one picture. */
  readonly columns: number | undefined
  /** Three input channels are the colours of one picture. */
  readonly isColour: boolean
  /** [height, width], of pictures in colour [height, width, 3]. */
  readonly valuesOf: (tile: number) => Float32Array
  /** “filter 3”, “filter 3 on channel 5”. */
  readonly name: (tile: number) => string
}

export function filterTiles({ height, width, shownInputs, shownOutputs, inputs, values }: Filters): FilterTiles {
  const area = height * width
  const isColour = inputs === 3 && area > 1
  if (isColour) {
    return {
      count: shownOutputs,
      columns: undefined,
      isColour,
      valuesOf: (tile) => coloursLast(values.subarray(tile * 3 * area, (tile + 1) * 3 * area), area),
      name: (tile) => `filter ${tile + 1}`,
    }
  }
  const isSingle = inputs === 1
  return {
    count: shownOutputs * shownInputs,
    columns: isSingle ? undefined : shownInputs,
    isColour,
    valuesOf: (tile) => values.subarray(tile * area, (tile + 1) * area),
    name: (tile) => {
      const filter = `filter ${Math.floor(tile / shownInputs) + 1}`
      return isSingle ? filter : `${filter} on channel ${(tile % shownInputs) + 1}`
    },
  }
}

/** [3, area] → [area, 3]. */
function coloursLast(planes: Float32Array, area: number): Float32Array {
  return Float32Array.from(planes, (_, index) => planes[(index % 3) * area + Math.floor(index / 3)] ?? 0)
}
