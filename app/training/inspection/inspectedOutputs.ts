import { shapeLayers, type ShapedLayer } from '../../experiment/layerShapes'
import type { LayerSpec } from '../../experiment/spec'
import { positionsOf, type TensorShape } from '../../experiment/tensorShape'
import type { Graph } from '../../nn/graph'
import type { LayerMaps } from './inspection'

/** Larger maps are averaged over a grid of so many cells: no eye reads more of a picture among hundreds. */
const LARGEST_MAP = 64
/** Channels of an image that are shown, and units of a layer without positions. */
const MOST_MAPS = 64
const MOST_UNITS = 1_024

/** A layer, and where in the graph its maps are. */
export interface InspectedOutput extends Omit<LayerMaps, 'values'> {
  readonly node: number
  /** `own`: before the block's input is added, which the block itself shows. */
  readonly stage: 'own' | 'activation'
}

/** All layers that make something: a flatten only takes another look at what is there. */
export function inspectedOutputs(graph: Graph, layers: readonly LayerSpec[]): readonly InspectedOutput[] {
  const { layers: shaped } = shapeLayers(layers, graph.tensors[0]!.shape)
  return shaped
    .filter(({ kind }) => kind !== 'flatten')
    .flatMap((layer) => {
      const inner = layer.inner.map((one) => placeLayer(graph, one, one.name))
      // A projection is told behind the body and computed beside it.
      const last = layer.inner.findLast(({ name }) => !name.endsWith(' projection'))
      return last ? [...inner, placeBlock(graph, layer, last.name)] : [placeLayer(graph, layer, layer.name)]
    })
}

function placeBlock(graph: Graph, block: ShapedLayer, lastInner: string): InspectedOutput {
  return { ...placeLayer(graph, block, lastInner), name: block.name, stage: 'activation', ...signOf(graph, lastInner) }
}

function placeLayer(graph: Graph, { name, kind, output }: ShapedLayer, nodeName: string): InspectedOutput {
  const node = lastNode(graph, nodeName)
  const addsResidual = graph.nodes[node]!.residual !== undefined
  const stage = addsResidual ? 'own' : 'activation'
  const sign = addsResidual ? { isSigned: true } : signOf(graph, nodeName)
  return { name, kind, shape: output, shown: shownShape(output), node, stage, ...sign }
}

/** Normalisation and, in front of a layer of a block, activation have nodes of the same name. */
function lastNode({ nodes }: Graph, name: string): number {
  return nodes.findLastIndex((node) => node.name === name)
}

function signOf(graph: Graph, nodeName: string): { readonly isSigned: boolean } {
  return { isSigned: isSigned(graph, lastNode(graph, nodeName)) }
}

/** Whether f(z) can be below 0; what has no weights keeps the sign of what it reads. */
function isSigned(graph: Graph, node: number): boolean {
  const { activation, operation, input } = graph.nodes[node]!
  if (activation === 'relu' || activation === 'sigmoid') return false
  if (activation !== undefined || 'geometry' in operation) return true
  const keepsSign = operation.kind !== 'dense' && operation.kind !== 'normalise'
  const { producer } = graph.tensors[input]!
  return !keepsSign || producer === undefined || isSigned(graph, producer)
}

function shownShape(shape: TensorShape): TensorShape {
  return {
    height: Math.min(shape.height, LARGEST_MAP),
    width: Math.min(shape.width, LARGEST_MAP),
    channels: Math.min(shape.channels, positionsOf(shape) === 1 ? MOST_UNITS : MOST_MAPS),
  }
}

/** @param values [positions of `shown`, stride], of which as many columns are taken as are shown. */
export function takeMaps(output: InspectedOutput, values: ArrayLike<number>, stride: number): LayerMaps {
  const { name, kind, shape, shown, isSigned } = output
  return { name, kind, shape, shown, isSigned, values: channelsFirst(values, stride, shown) }
}

function channelsFirst(values: ArrayLike<number>, stride: number, shown: TensorShape): Float32Array {
  const positions = positionsOf(shown)
  const maps = new Float32Array(positions * shown.channels)
  for (let position = 0; position < positions; position++) {
    for (let channel = 0; channel < shown.channels; channel++) {
      maps[channel * positions + position] = values[position * stride + channel]!
    }
  }
  return maps
}
