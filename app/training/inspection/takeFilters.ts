import type { ArrayShape, Graph } from '../../nn/graph'
import type { Filters } from './inspection'

/** Channels whose weights are shown: of what reads colours or a grey picture every filter is one picture. */
const MOST_PICTURES = 64
const MOST_OUTPUTS = 32
const MOST_INPUTS = 32
/** Of layers without positions a weight is one cell. */
const MOST_CELLS = 128
/** Numbers of all pictures together. */
const MOST_VALUES = 2 ** 18

/** Where a layer's weights are. */
export interface WeightsPlace {
  readonly node: number
  readonly array: ArrayShape
}

/** @returns undefined where no layer of this name has weights. */
export function weightsOf({ nodes }: Graph, name: string | undefined): WeightsPlace | undefined {
  for (const [node, { name: own, arrays }] of nodes.entries()) {
    const array = own === name ? arrays.find(({ role }) => role === 'weights') : undefined
    if (array) return { node, array }
  }
  return undefined
}

/**
 * A layer's weights as pictures.
 * @param weightAt of a block (tap or position), row and column of the array.
 */
export function takeFilters(
  graph: Graph,
  { node, array }: WeightsPlace,
  weightAt: (block: number, row: number, column: number) => number,
): Filters {
  const { name, operation, input } = graph.nodes[node]!
  const { height, width } =
    'geometry' in operation
      ? { height: operation.geometry.kernel, width: operation.geometry.kernel }
      : graph.tensors[input]!.shape
  // A transposed convolution has the weights of the convolution that leads the other way.
  const isTransposed = operation.kind === 'transposedConv'
  const [inputs, outputs] = isTransposed ? [array.columns, array.rows] : [array.rows, array.columns]
  const shown = shownChannels(inputs, outputs, height * width)
  const values = new Float32Array(shown.shownOutputs * shown.shownInputs * height * width)
  let next = 0
  for (let output = 0; output < shown.shownOutputs; output++) {
    for (let channel = 0; channel < shown.shownInputs; channel++) {
      const [row, column] = isTransposed ? [output, channel] : [channel, output]
      for (let block = 0; block < height * width; block++) values[next++] = weightAt(block, row, column)
    }
  }
  return { layer: name, height, width, inputs, outputs, ...shown, values }
}

function shownChannels(inputs: number, outputs: number, area: number) {
  const arePictures = inputs === 1 || inputs === 3
  const most = area === 1 ? MOST_CELLS : arePictures ? MOST_PICTURES : MOST_OUTPUTS
  const shownInputs = Math.min(inputs, area === 1 ? MOST_CELLS : MOST_INPUTS)
  const fitting = Math.max(1, Math.floor(MOST_VALUES / (area * shownInputs)))
  return { shownInputs, shownOutputs: Math.min(outputs, most, fitting) }
}
