import { describeArchitecture } from '../../experiment/architecture'
import { dataShape } from '../../experiment/dataShape'
import type { Preset } from '../../experiment/preset'
import { presetSpec } from '../../experiment/presets'
import { formatMeasure, formatShare } from '../charts/numbers'
import { formatCount } from '../common/format'
import { directionsOf, type RecordedLayer, type Thumbnail } from './thumbnails'

/** “196 → 80 → 40 → 10” and “19,410 parameters”; data from files have no widths before they are read. */
export function describeNetwork(preset: Preset): { readonly widths: string; readonly parameters: string } {
  const spec = presetSpec(preset)
  const shape = dataShape(spec.data)
  const units = spec.layers.map((layer) => layer.units)
  if (!shape) return { widths: units.join(' → '), parameters: '' }
  const { parameters } = describeArchitecture(spec, shape)
  return { widths: [shape.features, ...units].join(' → '), parameters: `${formatCount(parameters)} parameters` }
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
