import type { LayerSpec } from './spec'

/** Where a layer stands: its index in the network or, within a residual block, the block's index and its own. */
export type LayerPlace = number | readonly [block: number, inner: number]

/** @returns undefined where there is no layer. */
export function layerAt(layers: readonly LayerSpec[], place: LayerPlace): LayerSpec | undefined {
  if (typeof place === 'number') return layers[place]
  const block = layers[place[0]]
  return block?.kind === 'residual' ? block.layers[place[1]] : undefined
}

/** The path of its fields in the spec: “layers.2”, “layers.2.layers.0”. */
export function pathOf(place: LayerPlace): string {
  return typeof place === 'number' ? `layers.${place}` : `layers.${place[0]}.layers.${place[1]}`
}

interface PlacedLayer {
  readonly place: LayerPlace
  readonly layer: LayerSpec
}

/** All layers in the order of the document, a block before those it holds. */
export function everyLayer(layers: readonly LayerSpec[]): readonly PlacedLayer[] {
  return layers.flatMap((layer, index): PlacedLayer[] => {
    const inner = layer.kind === 'residual' ? layer.layers : []
    return [
      { place: index, layer },
      ...inner.map((one, position): PlacedLayer => ({ place: [index, position], layer: one })),
    ]
  })
}
