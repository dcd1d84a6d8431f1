import { hasWeights, nameAt } from '../../experiment/layerNames'
import { everyLayer, type LayerPlace } from '../../experiment/layerPlace'
import type { LayerSpec } from '../../experiment/spec'
import { describeLayerFields, describeSize } from './describeLayerFields'

interface NamedLayer {
  readonly name: string
  readonly place: LayerPlace
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
  // What a block holds comes and goes with it.
  const removed = outermost(before.filter(({ layer }) => find(after, layer) === undefined))
  const added = outermost(after.filter((one) => !kept.includes(one)))
  const order = before.flatMap(({ layer }) => (find(after, layer) ? [layer.id] : []))
  const isReordered = kept.some(({ layer }, index) => layer.id !== order[index])
  return [
    ...(removed.length > 0 ? [`without ${removed.map(({ name }) => name).join(', ')}`] : []),
    ...added.map(({ name, layer }) => [`${name} added`, describeSize(layer) ?? []].flat().join(', ')),
    ...(isReordered ? ['layers in another order'] : []),
    ...describeChanges(before, kept),
  ]
}

function named(layers: readonly LayerSpec[]): readonly NamedLayer[] {
  return everyLayer(layers).map(({ place, layer }) => ({ name: nameAt(layers, place), place, layer }))
}

function outermost(layers: readonly NamedLayer[]): readonly NamedLayer[] {
  return layers.filter(({ place }) => typeof place === 'number' || !layers.some((one) => one.place === place[0]))
}

function find(among: readonly NamedLayer[], { id }: LayerSpec): NamedLayer | undefined {
  return among.find(({ layer }) => layer.id === id)
}

/** A change that several layers share is told once: “hidden 1, hidden 2: Tanh”, or “all hidden layers: Tanh”. */
function describeChanges(before: readonly NamedLayer[], kept: readonly NamedLayer[]): readonly string[] {
  const names = new Map<string, string[]>()
  for (const { name, layer } of kept) {
    const was = find(before, layer)
    for (const change of was ? describeLayerFields(was.layer, layer) : []) {
      names.set(change, [...(names.get(change) ?? []), name])
    }
  }
  const hidden = kept.filter(({ name, layer }) => name !== 'output' && hasWeights(layer))
  return [...names].map(([change, changed]) => {
    const isAll = hidden.length > 1 && hidden.every(({ name }) => changed.includes(name))
    return `${isAll && changed.length === hidden.length ? 'all hidden layers' : changed.join(', ')}: ${change}`
  })
}
