import type { ExperimentSpec, LayerKind, LayerSpec } from './spec'

/** Whether layers of this kind are made for images; dense ones read whatever there is. */
export function isForImages(kind: LayerKind): boolean {
  return kind !== 'dense'
}

/** Where a new layer goes: one for images before the first layer that ends them, others before the output. */
export function placeForNew({ layers }: ExperimentSpec, kind: LayerKind): number {
  const last = layers.length - 1
  if (!isForImages(kind)) return last
  const end = layers.findIndex(endsImages)
  return end < 0 ? last : Math.min(end, last)
}

/** Whether what comes out has no places in an image any more. */
function endsImages(layer: LayerSpec): boolean {
  if (layer.kind === 'residual') return layer.layers.some(endsImages)
  return layer.kind === 'dense' || layer.kind === 'flatten' || layer.kind === 'globalAveragePool'
}
