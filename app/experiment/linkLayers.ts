import type { LayerSpec } from './spec'

// Layers in a link: units, activation, “d” and the dropout, “i” and the id, joined by “-”, as in “64-relu-d0.2-i7”. What
// a document may omit is omitted.

/** “128,64-tanh-d0.2,10” */
export function writeLayers(layers: readonly LayerSpec[]): string {
  return layers.map(writeLayer).join(',')
}

function writeLayer(layer: LayerSpec, index: number, layers: readonly LayerSpec[]): string {
  const usualActivation = index === layers.length - 1 ? 'linear' : 'relu'
  const activation = layer.activation === usualActivation ? '' : `-${layer.activation}`
  const dropout = layer.dropout === 0 ? '' : `-d${layer.dropout}`
  // A layer that has its position's number gets it again, for no other layer can have taken it.
  const id = layer.id === index + 1 ? '' : `-i${layer.id}`
  return `${layer.units}${activation}${dropout}${id}`
}

const LAYER = /^(?<units>\d+)(?:-(?<activation>[a-zA-Z]+))?(?:-d(?<dropout>[\d.e-]+))?(?:-i(?<id>\d+))?$/

/** Layers of a document; text that is no layer is left for the schema to refuse. */
export function readLayers(text: string): readonly unknown[] {
  return text.split(',').map((layer) => {
    const { units, activation, dropout, id } = LAYER.exec(layer)?.groups ?? {}
    if (units === undefined) return layer
    return {
      units: Number(units),
      ...(activation !== undefined && { activation }),
      ...(dropout !== undefined && { dropout: Number(dropout) }),
      ...(id !== undefined && { id: Number(id) }),
    }
  })
}
