import { isAugmented, NO_AUGMENTATION } from './augmentation'
import type { DataShape } from './dataShape'
import { defaultLayers, denseLayer, lossForTask } from './defaults'
import { requiredOutputUnits } from './fit'
import { goalOf } from './goal'
import { hasWeights, measurableNames } from './layerNames'
import { everyLayer, layerAt, type LayerPlace } from './layerPlace'
import { flattenLeaves } from './paths'
import { numberSettings } from './settings'
import type {
  Activation,
  BodyLayerSpec,
  ExperimentSpec,
  LayerSpec,
  LiveSettings,
  LossSpec,
  WeightedLayerSpec,
} from './spec'
import { positionsOf } from './tensorShape'

// Pure edits of a spec. They return a new one, or the same where there is nothing to change; ranges are not checked
// here but by `parseSpec`, so that a field can be shown with its fault. The last layer stays the output.

// ── layers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Adds a layer before a place, by default before the output; it and what it holds get ids of their own. What a block
 * cannot hold is not added to it.
 */
export function addLayer(
  spec: ExperimentSpec,
  added: LayerSpec,
  at: LayerPlace = spec.layers.length - 1,
): ExperimentSpec {
  const fresh = withNewIds(added, largestId(spec.layers) + 1)
  if (typeof at === 'number') {
    const index = Math.min(Math.max(at, 0), spec.layers.length - 1)
    return { ...spec, layers: spec.layers.toSpliced(index, 0, fresh) }
  }
  if (fresh.kind !== 'dense' && fresh.kind !== 'conv') return spec
  return changeBlock(spec, at[0], (layers) => layers.toSpliced(at[1], 0, fresh))
}

function withNewIds(layer: LayerSpec, first: number): LayerSpec {
  if (layer.kind !== 'residual') return { ...layer, id: first }
  return { ...layer, id: first, layers: layer.layers.map((inner, index) => ({ ...inner, id: first + 1 + index })) }
}

function largestId(layers: readonly LayerSpec[]): number {
  return Math.max(0, ...everyLayer(layers).map(({ layer }) => layer.id))
}

/** Puts a copy of a hidden layer behind it; under an id of its own it starts from other random numbers. */
export function duplicateLayer(spec: ExperimentSpec, place: LayerPlace): ExperimentSpec {
  const copied = layerAt(spec.layers, place)
  if (copied === undefined || !isHidden(spec, place)) return spec
  return addLayer(spec, copied, typeof place === 'number' ? place + 1 : [place[0], place[1] + 1])
}

/** Removes a hidden layer; the output stays, and so does the last layer of a block. */
export function removeLayer(spec: ExperimentSpec, place: LayerPlace): ExperimentSpec {
  if (!isHidden(spec, place)) return spec
  if (typeof place === 'number') return measureExisting({ ...spec, layers: spec.layers.toSpliced(place, 1) })
  const [at, inner] = place
  return measureExisting(changeBlock(spec, at, (layers) => (layers.length > 1 ? layers.toSpliced(inner, 1) : layers)))
}

/** Moves a hidden layer to another place among them. */
export function moveLayer(spec: ExperimentSpec, from: number, to: number): ExperimentSpec {
  if (!isHidden(spec, from) || !isHidden(spec, to)) return spec
  const layers = moved(spec.layers, from, to)
  return layers === spec.layers ? spec : { ...spec, layers }
}

/** Moves a layer of a block to another place in it. */
export function moveInBlock(spec: ExperimentSpec, block: number, from: number, to: number): ExperimentSpec {
  if (!isHidden(spec, [block, from]) || !isHidden(spec, [block, to])) return spec
  return changeBlock(spec, block, (layers) => moved(layers, from, to))
}

function moved<Layer>(layers: readonly Layer[], from: number, to: number): readonly Layer[] {
  const layer = layers[from]
  return layer === undefined || from === to ? layers : layers.toSpliced(from, 1).toSpliced(to, 0, layer)
}

function changeBlock(
  spec: ExperimentSpec,
  index: number,
  change: (layers: readonly BodyLayerSpec[]) => readonly BodyLayerSpec[],
): ExperimentSpec {
  const block = spec.layers[index]
  if (block?.kind !== 'residual') return spec
  const layers = change(block.layers)
  return layers === block.layers ? spec : { ...spec, layers: spec.layers.with(index, { ...block, layers }) }
}

/** Changes a layer's fields; what is no layer of a block is not put into one. */
export function changeLayer(
  spec: ExperimentSpec,
  place: LayerPlace,
  change: (layer: LayerSpec) => LayerSpec,
): ExperimentSpec {
  const layer = layerAt(spec.layers, place)
  const changed = layer && change(layer)
  if (changed === undefined || changed === layer) return spec
  if (typeof place === 'number') return { ...spec, layers: spec.layers.with(place, changed) }
  if (changed.kind !== 'dense' && changed.kind !== 'conv') return spec
  return changeBlock(spec, place[0], (layers) => layers.with(place[1], changed))
}

/** Units of a dense layer, channels of another; layers without weights stay as they are. */
export function setWidth(spec: ExperimentSpec, place: LayerPlace, width: number): ExperimentSpec {
  return changeLayer(spec, place, (layer) => {
    if (!hasWeights(layer)) return layer
    return layer.kind === 'dense' ? { ...layer, units: width } : { ...layer, channels: width }
  })
}

export function setActivation(spec: ExperimentSpec, place: LayerPlace, activation: Activation): ExperimentSpec {
  return changeLayer(spec, place, (layer) => (hasWeights(layer) ? { ...layer, activation } : layer))
}

export function setDropout(spec: ExperimentSpec, place: LayerPlace, dropout: number): ExperimentSpec {
  return changeLayer(spec, place, (layer) => (hasWeights(layer) ? { ...layer, dropout } : layer))
}

function isHidden({ layers }: ExperimentSpec, place: LayerPlace): boolean {
  return layerAt(layers, place) !== undefined && place !== layers.length - 1
}

/** Names of layers that are gone must not keep the spec from running. */
function measureExisting(spec: ExperimentSpec): ExperimentSpec {
  const { layers } = spec.monitor
  if (layers === 'all') return spec
  const names = measurableNames(spec.layers)
  const existing = layers.filter((name) => names.includes(name))
  return { ...spec, monitor: { ...spec.monitor, layers: existing.length > 0 ? existing : 'all' } }
}

// ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Makes loss and output layer fit the data, keeping what already does; what is no image is not augmented. */
export function fitToData(spec: ExperimentSpec, data: DataShape): ExperimentSpec {
  const fitted = fitGoal(spec, data)
  const { training } = fitted
  if (positionsOf(data.shape) > 1 || !isAugmented(training.augmentation)) return fitted
  return { ...fitted, training: { ...training, augmentation: NO_AUGMENTATION } }
}

function fitGoal(spec: ExperimentSpec, data: DataShape): ExperimentSpec {
  const isFitting = requiredOutputUnits(goalOf(spec.loss, data), spec.loss).length > 0
  const loss = isFitting ? spec.loss : lossForTask(data.task)
  const index = spec.layers.length - 1
  const output = spec.layers[index]
  const fitted = output && fitOutput(output, loss, data)
  if (!fitted) return loss === spec.loss ? spec : { ...spec, loss }
  const unchanged = loss === spec.loss && JSON.stringify(fitted) === JSON.stringify(output)
  return unchanged ? spec : { ...spec, loss, layers: spec.layers.with(index, fitted) }
}

/** @returns undefined where no width of such a layer fits. */
function fitOutput(output: LayerSpec, loss: LossSpec, data: DataShape): LayerSpec | undefined {
  const plain = { activation: 'linear', dropout: 0, normalisation: 'none' } as const
  if (output.kind === 'dense') {
    const allowed = requiredOutputUnits(goalOf(loss, data), loss)
    // A reconstruction may need more than a layer may have: that is then told of the layer.
    const most = numberSettings['layers.units'].range.maximum
    const units = allowed.includes(output.units) ? output.units : Math.min(allowed[0] ?? output.units, most)
    return { ...output, units, ...plain }
  }
  const isImage = hasWeights(output) && loss.kind === 'reconstruction'
  return isImage ? { ...output, channels: data.shape.channels, ...plain } : undefined
}

/** Puts a layer of another kind in the output's place. @param width units or channels. */
export function makeOutput(spec: ExperimentSpec, kind: WeightedLayerSpec['kind'], width: number): ExperimentSpec {
  const index = spec.layers.length - 1
  const { id } = spec.layers[index] ?? { id: 1 }
  const output =
    kind === 'dense'
      ? denseLayer(id, width, 'linear')
      : { ...defaultLayers[kind], id, channels: width, activation: 'linear' as const }
  return { ...spec, layers: spec.layers.with(index, output) }
}

// ── differences ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Paths of the fields in which two specs differ, those of only one of them included, in the order of the spec. */
export function diffSpecs(before: ExperimentSpec, after: ExperimentSpec): readonly string[] {
  const old = flattenLeaves(before)
  const current = flattenLeaves(after)
  const paths = new Set([...old.keys(), ...current.keys()])
  return [...paths].filter((path) => !Object.is(old.get(path), current.get(path)))
}

/** Fields that change neither weights nor spectra: names, and how the page counts k from the spectra it keeps. */
const PRESENTATION = new Set(['name', 'monitor.threshold', 'monitor.convention'])
const LIVE =
  /^(optimizer\.(learningRate|weightDecay)|training\.clipNorm|monitor\.sampling|layers\.\d+(\.layers\.\d+)?\.dropout)$/

/**
 * What it takes to go from one spec to another: `none` when they are equal, the settings to change when the run can
 * go on (an empty object when only its presentation differs), or `restart`.
 */
export function liveChange(before: ExperimentSpec, after: ExperimentSpec): LiveSettings | 'none' | 'restart' {
  const paths = diffSpecs(before, after)
  if (paths.length === 0) return 'none'
  if (!paths.every((path) => PRESENTATION.has(path) || LIVE.test(path))) return 'restart'
  const { learningRate, weightDecay } = after.optimizer
  const { clipNorm } = after.training
  const { sampling } = after.monitor
  // Layers differ in nothing but their dropout here, so ids agree.
  const old = dropoutRates(before.layers)
  const dropped = [...dropoutRates(after.layers)].filter(([id, dropout]) => old.get(id) !== dropout)
  return {
    ...(paths.includes('optimizer.learningRate') && { learningRate }),
    ...(paths.includes('optimizer.weightDecay') && { weightDecay }),
    ...(paths.includes('training.clipNorm') && { clipNorm }),
    ...(paths.includes('monitor.sampling') && { sampling }),
    ...(dropped.length > 0 && { dropout: Object.fromEntries(dropped) }),
  }
}

/** By layer id. */
function dropoutRates(layers: readonly LayerSpec[]): ReadonlyMap<number, number> {
  return new Map(
    everyLayer(layers).flatMap(({ layer }) => (hasWeights(layer) ? [[layer.id, layer.dropout] as const] : [])),
  )
}

/** Settings in force once `change` is made: of dropout only the layers that it names. */
export function mergeLiveSettings(before: LiveSettings, change: LiveSettings): LiveSettings {
  return { ...before, ...change, dropout: { ...before.dropout, ...change.dropout } }
}

/** The spec a run has after live changes. */
export function applyLiveSettings(spec: ExperimentSpec, settings: LiveSettings): ExperimentSpec {
  const { learningRate = spec.optimizer.learningRate, weightDecay = spec.optimizer.weightDecay } = settings
  const { clipNorm = spec.training.clipNorm, sampling = spec.monitor.sampling, dropout = {} } = settings
  const dropped = everyLayer(spec.layers).reduce((before, { place, layer }) => {
    const rate = dropout[layer.id]
    return rate === undefined ? before : setDropout(before, place, rate)
  }, spec)
  return {
    ...dropped,
    optimizer: { ...spec.optimizer, learningRate, weightDecay },
    training: { ...spec.training, clipNorm },
    monitor: { ...spec.monitor, sampling },
  }
}
