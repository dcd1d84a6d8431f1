import { RandomStream } from '../experiment/random'
import type { Initialisation } from '../experiment/spec'
import type { ArrayShape, Graph, GraphNode } from './graph'
import { arrayLength, type ArrayValues } from './parameters'

/** What a network begins with. */
export function initialValues(initialisation: Initialisation, { nodes }: Graph, seed: number): ArrayValues {
  return nodes.flatMap((node) => node.arrays.map((array) => initialiseArray(initialisation, node, array, seed)))
}

/**
 * Initial numbers of one array. Keyed by seed and layer id alone, so a layer keeps its numbers when others are added,
 * removed or moved. Scales and variances begin at 1, shifts and means at 0.
 */
function initialiseArray(
  initialisation: Initialisation,
  node: Pick<GraphNode, 'layerId' | 'fanIn' | 'fanOut'>,
  array: ArrayShape,
  seed: number,
): Float32Array {
  const values = new Float32Array(arrayLength(array))
  switch (array.role) {
    case 'weights': {
      const draw = weightSource(initialisation, node, new RandomStream(seed, 'weights', node.layerId))
      return values.map(draw)
    }
    case 'bias': {
      if (initialisation !== 'torch') return values
      const stream = new RandomStream(seed, 'bias', node.layerId)
      const bound = 1 / Math.sqrt(node.fanIn)
      return values.map(() => stream.uniform(-bound, bound))
    }
    case 'scale':
    case 'runningVariance':
      return values.fill(1)
    case 'shift':
    case 'runningMean':
      return values
  }
}

function weightSource(
  initialisation: Initialisation,
  { fanIn, fanOut }: Pick<GraphNode, 'fanIn' | 'fanOut'>,
  stream: RandomStream,
): () => number {
  const uniform = (bound: number) => () => stream.uniform(-bound, bound)
  const normal = (deviation: number) => () => stream.normal(0, deviation)
  if (typeof initialisation === 'object') return normal(initialisation.scale)
  const sources = {
    // nn.Linear's and nn.Conv2d's kaiming_uniform_(a = √5) comes to this bound.
    torch: uniform(1 / Math.sqrt(fanIn)),
    he: normal(Math.sqrt(2 / fanIn)),
    glorot: uniform(Math.sqrt(6 / (fanIn + fanOut))),
    lecun: normal(Math.sqrt(1 / fanIn)),
  }
  return sources[initialisation]
}
