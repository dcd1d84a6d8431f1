import {
  activationChoices,
  dataChoices,
  droppedChoices,
  flipChoices,
  grayscaleChoices,
  initialisationChoices,
  layerChoices,
  lossChoices,
  normalisationChoices,
  optimizerChoices,
  orderChoices,
  outputChoices,
  paddingChoices,
  samplingChoices,
  scheduleChoices,
  sourceChoices,
  standardiseChoices,
  taskChoices,
  type Choice,
} from '../experiment/choices'
import { nameAt } from '../experiment/layerNames'
import { everyLayer } from '../experiment/layerPlace'
import { flattenLeaves, type Leaf } from '../experiment/paths'
import { numberSettings } from '../experiment/settings'
import type { ExperimentSpec, LayerSpec } from '../experiment/spec'

/** A setting's value in words, or a number to be formatted. */
export type SettingValue = string | number

/** Words for what the settings of the page call otherwise, or where a path alone says too little. */
const labels: Readonly<Record<string, string>> = {
  'data.kind': 'data',
  'data.standardise': 'standardised',
  'data.size': 'image size',
  'data.samples': 'data samples',
  'data.target': 'target column',
  'data.resize': 'images resized to',
  'data.grayscale': 'colours',
  'data.colour': 'variety of colours',
  'layers.units': 'width',
  'layers.id': 'random draw',
  'layers.dropped': 'dropout of',
  initialisation: 'starting weights',
  'initialisation.kind': 'starting weights',
  'initialisation.scale': 'scale of starting weights',
  'loss.kind': 'loss',
  'optimizer.kind': 'optimizer',
  'schedule.kind': 'schedule',
  'schedule.every': 'learning rate falls every, steps',
  'schedule.factor': 'learning rate falls to',
  'schedule.floor': 'learning rate ends at',
  'training.batchSize': 'batch size',
  'training.augmentation.flip': 'random flip',
  'monitor.source': 'measured from',
  'monitor.samples': 'samples measured',
  'monitor.output': 'measured',
  'monitor.sampling': 'measured per image',
  'monitor.layers': 'measured layers',
}

const choices: Readonly<Record<string, Readonly<Record<string, Choice>>>> = {
  'data.kind': dataChoices,
  'data.standardise': standardiseChoices,
  'data.task': taskChoices,
  'data.grayscale': grayscaleChoices,
  'layers.activation': activationChoices,
  'layers.dropped': droppedChoices,
  'layers.kind': layerChoices,
  'layers.normalisation': normalisationChoices,
  'layers.order': orderChoices,
  'layers.padding': paddingChoices,
  initialisation: initialisationChoices,
  'initialisation.kind': initialisationChoices,
  'loss.kind': lossChoices,
  'optimizer.kind': optimizerChoices,
  'schedule.kind': scheduleChoices,
  'training.augmentation.flip': flipChoices,
  'monitor.source': sourceChoices,
  'monitor.output': outputChoices,
  'monitor.sampling': samplingChoices,
}

/** What is said of a setting that is left out. */
const EMPTY: Readonly<Record<string, string>> = { 'training.clipNorm': 'none', 'data.resize': 'not at all' }

/** What a run is called and how the page counts k from its spectra: no difference between runs. */
const presentation = new Set(['version', 'name', 'monitor.threshold', 'monitor.convention'])

const known = new WeakMap<ExperimentSpec, ReadonlyMap<string, SettingValue>>()

/** Every setting of an experiment by its name in plain words: “hidden 3 width” → 64, “optimizer” → “Adam”. */
export function nameSettings(spec: ExperimentSpec): ReadonlyMap<string, SettingValue> {
  // Runs are compared twice a second, and their specs change with edits only.
  const named = known.get(spec) ?? nameEach(spec)
  known.set(spec, named)
  return named
}

function nameEach(spec: ExperimentSpec): ReadonlyMap<string, SettingValue> {
  const named = new Map<string, SettingValue>()
  const { seed, data, ...rest } = joinLists(spec)
  nameLeaves(named, { seed, data })
  for (const { place, layer } of everyLayer(spec.layers)) {
    for (const [field, leaf] of layerFields(layer)) {
      named.set(
        `${nameAt(spec.layers, place)} ${settingName(`layers.${field}`)}`,
        settingValue(`layers.${field}`, leaf),
      )
    }
  }
  nameLeaves(named, rest)
  return named
}

function nameLeaves(named: Map<string, SettingValue>, part: object): void {
  for (const [path, leaf] of flattenLeaves(part)) {
    if (!presentation.has(path)) named.set(settingName(path), settingValue(path, leaf))
  }
}

/** A layer's kind is in its name; it is told of those that have no other settings, so that they are told at all. */
function layerFields(layer: LayerSpec): readonly (readonly [field: string, leaf: Leaf])[] {
  const { kind, ...fields } = layer
  const leaves = [...flattenLeaves({ ...fields, layers: undefined })]
  return leaves.length > 1 ? leaves : [['kind', kind], ...leaves]
}

/** One value each for what may be a number, a word, a list or an object: they would have different paths. */
function joinLists(spec: ExperimentSpec) {
  const { data, initialisation, monitor } = spec
  const { heldOut } = data
  const layers = monitor.layers === 'all' ? 'all' : monitor.layers.join(', ')
  return {
    ...spec,
    layers: undefined,
    data: { ...data, heldOut: typeof heldOut === 'number' ? heldOut : `the last ${heldOut.last}` },
    initialisation: typeof initialisation === 'string' ? initialisation : `normal, ${initialisation.scale}`,
    monitor: { ...monitor, layers },
  }
}

/** What a setting is called wherever runs are compared: “starting weights”, “batch size”. @param path without positions of layers. */
export function settingName(path: string): string {
  const known = labels[path]
  if (known !== undefined) return known
  const label = numberSettingOf(path)?.label
  // “L1 penalty” and “β₁” keep their capitals.
  return label === undefined
    ? path.replace(/^.*\./, '')
    : label.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
}

/** A setting's value under that name: “He”, “none”, or the number. */
export function settingValue(path: string, leaf: Leaf): SettingValue {
  if (typeof leaf === 'number') return leaf
  if (leaf === null) return EMPTY[path] ?? 'automatic'
  return choices[path]?.[String(leaf)]?.label ?? String(leaf)
}

/** What the number counts, where its name does not say so: “steps”. */
export function settingUnit(path: string): string | undefined {
  return path in labels ? undefined : numberSettingOf(path)?.unit
}

function numberSettingOf(path: string): NumberSettingWords | undefined {
  const settings: Readonly<Record<string, NumberSettingWords | undefined>> = numberSettings
  return settings[path]
}

interface NumberSettingWords {
  readonly label: string
  readonly unit?: string
}
