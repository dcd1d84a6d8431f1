import { everyLayer, type LayerPlace } from './layerPlace'
import type { BodyLayerSpec, LayerKind, LayerSpec, WeightedLayerSpec } from './spec'

/** Layers are counted by kind under these names. */
const NOUNS: Readonly<Record<LayerKind, string>> = {
  dense: 'hidden',
  conv: 'conv',
  transposedConv: 'transposed conv',
  maxPool: 'max pool',
  averagePool: 'average pool',
  globalAveragePool: 'global pool',
  upsample: 'upsample',
  flatten: 'flatten',
  residual: 'block',
}

/** “conv 1”, “max pool 1”, “hidden 1”, …, “output”: what layers and their tracked outputs are called. */
export function layerNames(layers: readonly { readonly kind: LayerKind }[]): readonly string[] {
  const counts = new Map<LayerKind, number>()
  return layers.map(({ kind }, index) => {
    if (index === layers.length - 1) return 'output'
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return `${NOUNS[kind]} ${count}`
  })
}

/** “block 1 conv 2”: the layers within a residual block. */
export function bodyNames(block: string, layers: readonly BodyLayerSpec[]): readonly string[] {
  const counts = new Map<LayerKind, number>()
  return layers.map(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return `${block} ${NOUNS[kind]} ${count}`
  })
}

/** What the layer at a place is called; the block's name comes first within one. */
export function nameAt(layers: readonly LayerSpec[], place: LayerPlace): string {
  if (typeof place === 'number') return layerNames(layers)[place] ?? ''
  const block = layers[place[0]]
  const name = layerNames(layers)[place[0]]
  if (block?.kind !== 'residual' || name === undefined) return ''
  return bodyNames(name, block.layers)[place[1]] ?? ''
}

/** Where the layer with this name stands; undefined for projections, which have no place of their own. */
export function placeOf(layers: readonly LayerSpec[], name: string): LayerPlace | undefined {
  return everyLayer(layers).find(({ place }) => nameAt(layers, place) === name)?.place
}

/** “block 1 projection” */
export function projectionName(block: string): string {
  return `${block} projection`
}

/** Names of the layers whose outputs can be measured, those within blocks included. */
export function measurableNames(layers: readonly LayerSpec[]): readonly string[] {
  const names = layerNames(layers)
  return layers.flatMap((layer, index) => {
    const name = names[index]!
    // Whether a block has a projection depends on the data.
    if (layer.kind === 'residual') return [...bodyNames(name, layer.layers), projectionName(name)]
    return hasWeights(layer) ? [name] : []
  })
}

/** Whether a layer has weights, and so an output that is measured. */
export function hasWeights(layer: LayerSpec): layer is WeightedLayerSpec {
  return layer.kind === 'dense' || layer.kind === 'conv' || layer.kind === 'transposedConv'
}

/** Units or channels of a layer that has weights; undefined for others, which have the width of what they read. */
export function layerWidth(layer: LayerSpec): number | undefined {
  if (!hasWeights(layer)) return undefined
  return layer.kind === 'dense' ? layer.units : layer.channels
}
