import type { DataShape } from './dataShape'
import { lossForTask } from './defaults'
import { requiredOutputUnits } from './fit'
import { layerNames } from './layerNames'
import { flattenLeaves } from './paths'
import type { Activation, ExperimentSpec, LayerSpec, LiveSettings } from './spec'

// Pure edits of a spec. They return a new one, or the same where there is nothing to change; ranges are not checked
// here but by `parseSpec`, so that a field can be shown with its fault. The last layer stays the output.

// ── layers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A layer that has no identity yet. */
export type NewLayer = Omit<LayerSpec, 'id'>

/** Adds a hidden layer before `index`, by default before the output. */
export function addLayer(spec: ExperimentSpec, added: NewLayer, index = spec.layers.length - 1): ExperimentSpec {
  const at = Math.min(Math.max(index, 0), spec.layers.length - 1)
  const id = Math.max(0, ...spec.layers.map((layer) => layer.id)) + 1
  return { ...spec, layers: spec.layers.toSpliced(at, 0, { ...added, id }) }
}

/** Puts a copy of a hidden layer behind it; under an id of its own it starts from other random numbers. */
export function duplicateLayer(spec: ExperimentSpec, index: number): ExperimentSpec {
  const copied = spec.layers[index]
  return copied === undefined || !isHidden(spec, index) ? spec : addLayer(spec, copied, index + 1)
}

/** Removes a hidden layer; the output stays. */
export function removeLayer(spec: ExperimentSpec, index: number): ExperimentSpec {
  if (!isHidden(spec, index)) return spec
  return measureExisting({ ...spec, layers: spec.layers.toSpliced(index, 1) })
}

/** Moves a hidden layer to another place among them. */
export function moveLayer(spec: ExperimentSpec, from: number, to: number): ExperimentSpec {
  const moved = spec.layers[from]
  if (moved === undefined || from === to || !isHidden(spec, from) || !isHidden(spec, to)) return spec
  return { ...spec, layers: spec.layers.toSpliced(from, 1).toSpliced(to, 0, moved) }
}

export function setUnits(spec: ExperimentSpec, index: number, units: number): ExperimentSpec {
  return changeLayer(spec, index, { units })
}

export function setActivation(spec: ExperimentSpec, index: number, activation: Activation): ExperimentSpec {
  return changeLayer(spec, index, { activation })
}

export function setDropout(spec: ExperimentSpec, index: number, dropout: number): ExperimentSpec {
  return changeLayer(spec, index, { dropout })
}

function changeLayer(spec: ExperimentSpec, index: number, change: Partial<LayerSpec>): ExperimentSpec {
  const layer = spec.layers[index]
  return layer === undefined ? spec : { ...spec, layers: spec.layers.with(index, { ...layer, ...change }) }
}

function isHidden(spec: ExperimentSpec, index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index < spec.layers.length - 1
}

/** Names of layers that are gone must not keep the spec from running. */
function measureExisting(spec: ExperimentSpec): ExperimentSpec {
  const { layers } = spec.monitor
  if (layers === 'all') return spec
  const names = layerNames(spec.layers.length)
  const existing = layers.filter((name) => names.includes(name))
  return { ...spec, monitor: { ...spec.monitor, layers: existing.length > 0 ? existing : 'all' } }
}

// ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Makes loss and output layer fit the data, keeping what already does. */
export function fitToData(spec: ExperimentSpec, data: DataShape): ExperimentSpec {
  const loss = requiredOutputUnits(data.task, spec.loss).length > 0 ? spec.loss : lossForTask(data.task)
  const allowed = requiredOutputUnits(data.task, loss)
  const index = spec.layers.length - 1
  const output = spec.layers[index]
  if (output === undefined) return { ...spec, loss }
  const units = allowed.includes(output.units) ? output.units : (allowed[0] ?? output.units)
  const unchanged = loss === spec.loss && units === output.units && output.activation === 'linear' && !output.dropout
  return unchanged ? spec : changeLayer({ ...spec, loss }, index, { units, activation: 'linear', dropout: 0 })
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
const LIVE = /^(optimizer\.(learningRate|weightDecay)|training\.clipNorm|layers\.\d+\.dropout)$/

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
  // Layers differ in nothing but their dropout here, so position and id agree.
  const dropped = after.layers.filter((_, index) => paths.includes(`layers.${index}.dropout`))
  return {
    ...(paths.includes('optimizer.learningRate') && { learningRate }),
    ...(paths.includes('optimizer.weightDecay') && { weightDecay }),
    ...(paths.includes('training.clipNorm') && { clipNorm }),
    ...(dropped.length > 0 && { dropout: Object.fromEntries(dropped.map(({ id, dropout }) => [id, dropout])) }),
  }
}

/** Settings in force once `change` is made: of dropout only the layers that it names. */
export function mergeLiveSettings(before: LiveSettings, change: LiveSettings): LiveSettings {
  return { ...before, ...change, dropout: { ...before.dropout, ...change.dropout } }
}

/** The spec a run has after live changes. */
export function applyLiveSettings(spec: ExperimentSpec, settings: LiveSettings): ExperimentSpec {
  const { learningRate = spec.optimizer.learningRate, weightDecay = spec.optimizer.weightDecay } = settings
  const { clipNorm = spec.training.clipNorm, dropout = {} } = settings
  return {
    ...spec,
    layers: spec.layers.map((layer) => ({ ...layer, dropout: dropout[layer.id] ?? layer.dropout })),
    optimizer: { ...spec.optimizer, learningRate, weightDecay },
    training: { ...spec.training, clipNorm },
  }
}
