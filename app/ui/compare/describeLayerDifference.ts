import { activationChoices } from '../../experiment/choices'
import { layerNames } from '../../experiment/layerNames'
import type { LayerSpec } from '../../experiment/spec'
import { formatCount, formatSetting } from '../common/format'

interface NamedLayer {
  readonly name: string
  readonly layer: LayerSpec
}

/**
 * How the layers differ from those of the baseline; layers are the same where their identities agree, wherever they
 * stand. Layers that are gone go by the baseline's names, all others by their own.
 */
export function describeLayerDifference(
  baseline: readonly LayerSpec[],
  layers: readonly LayerSpec[],
): readonly string[] {
  const before = named(baseline)
  const after = named(layers)
  const kept = after.filter(({ layer }) => find(before, layer) !== undefined)
  const removed = before.filter(({ layer }) => find(after, layer) === undefined)
  const added = after.filter((one) => !kept.includes(one))
  const order = before.flatMap(({ layer }) => (find(after, layer) ? [layer.id] : []))
  const isReordered = kept.some(({ layer }, index) => layer.id !== order[index])
  return [
    ...(removed.length > 0 ? [`without ${removed.map(({ name }) => name).join(', ')}`] : []),
    ...added.map(({ name, layer }) => `${name} added, ${formatCount(layer.units)} units`),
    ...(isReordered ? ['layers in another order'] : []),
    ...describeChanges(before, kept),
  ]
}

function named(layers: readonly LayerSpec[]): readonly NamedLayer[] {
  const names = layerNames(layers.length)
  return layers.map((layer, index) => ({ name: names[index] ?? '', layer }))
}

function find(among: readonly NamedLayer[], { id }: LayerSpec): NamedLayer | undefined {
  return among.find(({ layer }) => layer.id === id)
}

/** A change that several layers share is told once: “hidden 1, hidden 2: Tanh”, or “all hidden layers: Tanh”. */
function describeChanges(before: readonly NamedLayer[], kept: readonly NamedLayer[]): readonly string[] {
  const names = new Map<string, string[]>()
  for (const { name, layer } of kept) {
    for (const change of changesOf(find(before, layer)?.layer, layer)) {
      names.set(change, [...(names.get(change) ?? []), name])
    }
  }
  const hidden = kept.filter(({ name }) => name !== 'output')
  return [...names].map(([change, changed]) => {
    const isAll = hidden.length > 1 && hidden.every(({ name }) => changed.includes(name))
    return `${isAll && changed.length === hidden.length ? 'all hidden layers' : changed.join(', ')}: ${change}`
  })
}

function changesOf(before: LayerSpec | undefined, { units, activation, dropout }: LayerSpec): readonly string[] {
  if (!before) return []
  return [
    ...(units === before.units ? [] : [`${formatCount(units)} ${units === 1 ? 'unit' : 'units'}`]),
    ...(activation === before.activation ? [] : [activationChoices[activation].label]),
    ...(dropout === before.dropout ? [] : [`dropout ${formatSetting(dropout)}`]),
  ]
}
