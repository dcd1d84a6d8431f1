import { describeArchitecture } from '../../experiment/architecture'
import { dataShape } from '../../experiment/dataShape'
import { layerWidth } from '../../experiment/layerNames'
import { describeShape } from '../../experiment/layerShapes'
import type { ExperimentSpec, LayerKind, LayerSpec } from '../../experiment/spec'
import { formatMeasure, formatShare } from '../charts/numbers'
import { formatCount } from '../common/format'
import { directionsOf, type RecordedLayer, type Thumbnail } from './thumbnails'

/** “196 → 80 → 40 → 10” and “19,410 parameters”; data from files have no widths before they are read. */
export function describeNetwork(spec: ExperimentSpec): { readonly widths: string; readonly parameters: string } {
  const shape = dataShape(spec.data)
  const layers = describeLayers(spec.layers)
  if (!shape) return { widths: layers, parameters: '' }
  const { parameters } = describeArchitecture(spec, shape)
  const input = spec.layers.every(({ kind }) => kind === 'dense') ? shape.features : describeShape(shape.shape)
  return { widths: `${input} → ${layers}`, parameters: `${formatCount(parameters)} parameters` }
}

/** “80 → 40 → 10”, or where there are others than dense layers “conv 16, 16 → pool → block 32 → dense 10”. */
function describeLayers(layers: readonly LayerSpec[]): string {
  const widths = layers.map((layer) => layerWidth(layer))
  if (layers.every(({ kind }) => kind === 'dense')) return widths.join(' → ')
  const stages: string[] = []
  layers.forEach((layer, index) => {
    const noun = NOUNS[layer.kind]
    const width = layer.kind === 'residual' ? layerWidth(layer.layers.at(-1)!) : widths[index]
    // Layers of one kind that follow each other are told as one.
    if (width !== undefined && layers[index - 1]?.kind === layer.kind) stages.push(`${stages.pop()}, ${width}`)
    else stages.push(width === undefined ? noun : `${noun} ${width}`)
  })
  return stages.join(' → ')
}

const NOUNS: Readonly<Record<LayerKind, string>> = {
  dense: 'dense',
  conv: 'conv',
  transposedConv: 'transposed',
  maxPool: 'pool',
  averagePool: 'average',
  globalAveragePool: 'global average',
  upsample: 'upsample',
  flatten: 'flatten',
  residual: 'block',
}

/** “95 % held out”: what the recorded run reached. */
export function describeResult({ loss, accuracy }: Thumbnail['heldOut']): string {
  return accuracy === undefined ? `held-out loss ${formatMeasure(loss)}` : `${formatShare(accuracy)} held-out accuracy`
}

/** The picture in words. */
export function describeEnd(layers: readonly RecordedLayer[]): string {
  const ends = layers.map(({ name, width, ...layer }) => {
    const k = directionsOf({ name, width, ...layer }).at(-1) ?? 0
    return `${name} ${k} of ${width}`
  })
  return `Directions used at the end: ${ends.join(', ')}.`
}
