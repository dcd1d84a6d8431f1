import { RandomStream } from '../experiment/random'
import type { Initialisation } from '../experiment/spec'
import type { LayerParameters, LayerWidths } from './parameters'

/**
 * Initial parameters of a dense layer. Keyed by seed and layer id alone, so a layer keeps its numbers when others are
 * added, removed or moved.
 */
export function initialiseLayer(
  initialisation: Initialisation,
  { inputs, outputs }: LayerWidths,
  seed: number,
  layerId: number,
): LayerParameters {
  const weights = new Float32Array(inputs * outputs)
  const bias = new Float32Array(outputs)
  const drawWeight = weightSource(initialisation, inputs, outputs, new RandomStream(seed, 'weights', layerId))
  for (let at = 0; at < weights.length; at++) weights[at] = drawWeight()
  if (initialisation === 'torch') {
    const stream = new RandomStream(seed, 'bias', layerId)
    const bound = 1 / Math.sqrt(inputs)
    for (let at = 0; at < bias.length; at++) bias[at] = stream.uniform(-bound, bound)
  }
  return { weights, bias }
}

function weightSource(
  initialisation: Initialisation,
  fanIn: number,
  fanOut: number,
  stream: RandomStream,
): () => number {
  const uniform = (bound: number) => () => stream.uniform(-bound, bound)
  const normal = (deviation: number) => () => stream.normal(0, deviation)
  if (typeof initialisation === 'object') return normal(initialisation.scale)
  const sources = {
    // nn.Linear's kaiming_uniform_(a = √5) comes to this bound.
    torch: uniform(1 / Math.sqrt(fanIn)),
    he: normal(Math.sqrt(2 / fanIn)),
    glorot: uniform(Math.sqrt(6 / (fanIn + fanOut))),
    lecun: normal(Math.sqrt(1 / fanIn)),
  }
  return sources[initialisation]
}
