import { activationChoices, normalisationChoices, orderChoices } from '../../experiment/choices'
import { flattenLeaves, type Leaf } from '../../experiment/paths'
import type { LayerSpec } from '../../experiment/spec'
import { formatCount, formatSetting } from '../common/format'

/** What a field of a layer is, in few words: “16 channels”, “kernel 5×5”, “batch norm”. */
const WORDS: Readonly<Record<string, (value: Leaf) => string>> = {
  units: (value) => count(value, 'unit'),
  channels: (value) => count(value, 'channel'),
  kernel: (value) => `kernel ${value}×${value}`,
  stride: (value) => `stride ${value}`,
  padding: (value) => `“${value}” padding`,
  dilation: (value) => `dilation ${value}`,
  groups: (value) => (value === 'depthwise' ? 'depthwise' : count(value, 'group')),
  size: (value) => `window ${value}×${value}`,
  factor: (value) => `${value}× as large`,
  normalisation: (value) =>
    value === 'none' ? 'no normalisation' : labelOf(normalisationChoices, value).toLowerCase(),
  activation: (value) => labelOf(activationChoices, value),
  dropout: (value) => `dropout ${formatSetting(Number(value))}`,
  dropped: (value) => `drops ${value}`,
  order: (value) => `activation ${labelOf(orderChoices, value).toLowerCase()}`,
}

/** What differs between a layer and what it was, in the order of its fields; layers within a block have their own. */
export function describeLayerFields(before: LayerSpec, after: LayerSpec): readonly string[] {
  const old = flattenLeaves({ ...before, layers: undefined })
  return [...flattenLeaves({ ...after, layers: undefined })].flatMap(([field, value]) => {
    const words = WORDS[field]
    return words === undefined || old.get(field) === value ? [] : words(value)
  })
}

/** “16 units”, “32 channels”, “3 layers”; nothing for what has no size of its own. */
export function describeSize(layer: LayerSpec): string | undefined {
  if (layer.kind === 'residual') return count(layer.layers.length, 'layer')
  if ('units' in layer) return count(layer.units, 'unit')
  return 'channels' in layer ? count(layer.channels, 'channel') : undefined
}

function count(value: Leaf, noun: string): string {
  return `${formatCount(Number(value))} ${noun}${value === 1 ? '' : 's'}`
}

function labelOf(choices: Readonly<Record<string, { readonly label: string }>>, value: Leaf): string {
  return choices[String(value)]?.label ?? String(value)
}
