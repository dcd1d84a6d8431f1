import { denseLayer } from './defaults'
import type { DataShape } from './dataShape'
import { changeLayer, moveLayer, removeLayer, setActivation, setWidth } from './edits'
import { formatNumber } from './faults'
import { requiredOutputUnits } from './fit'
import { goalOf } from './goal'
import { layerWidth, nameAt } from './layerNames'
import { everyLayer, layerAt, type LayerPlace } from './layerPlace'
import { shapeLayers } from './layerShapes'
import { MOST_LAYERS } from './networkSchema'
import { isForImages, placeForNew } from './imageLayers'
import { numberSettings, type NumberSettingPath } from './settings'
import type { ExperimentSpec, LayerSpec, ResidualLayerSpec } from './spec'
import { positionsOf } from './tensorShape'

/** One click that mends a fault. */
export interface Repair {
  /** What the click does: “Make it 10 units”. */
  readonly label: string
  readonly spec: ExperimentSpec
}

/** “layers.1.layers.0.kernel” → [1, 0] and “kernel”; the field is empty where the fault is of the layer as a whole. */
export function readLayerPath(path: string): { readonly place: LayerPlace; readonly field: string } | undefined {
  const [, index, inner, field = ''] = /^layers\.(\d+)(?:\.layers\.(\d+))?(?:\.(\w+))?$/.exec(path) ?? []
  if (index === undefined) return undefined
  return { place: inner === undefined ? Number(index) : [Number(index), Number(inner)], field }
}

/** The obvious way out of a fault of a layer, where there is one. */
export function repairLayer(
  spec: ExperimentSpec,
  place: LayerPlace,
  field: string,
  data: DataShape | undefined,
): Repair | undefined {
  const layer = layerAt(spec.layers, place)
  const isOutput = place === spec.layers.length - 1
  switch (field) {
    case '':
      return isOutput && layer?.kind !== 'dense' ? addOutput(spec, data) : repairWhole(spec, place, data)
    case 'units':
    case 'channels':
      return repairWidth(spec, place, data)
    case 'activation':
      return isOutput ? { label: 'Make it linear', spec: setActivation(spec, place, 'linear') } : undefined
    case 'normalisation':
      return isOutput
        ? { label: 'Set it to none', spec: withFields(spec, place, { normalisation: 'none' }) }
        : undefined
    case 'groups':
      return { label: 'Use 1 group', spec: withFields(spec, place, { groups: 1 }) }
    case 'dropout':
      return repairNumber(spec, place, field, isOutput ? 0 : undefined)
    case 'kernel':
    case 'size':
    case 'stride':
    case 'dilation':
    case 'factor':
      return repairNumber(spec, place, field) ?? repairReach(spec, place)
    default:
      return undefined
  }
}

/** Fields of a layer, whatever its kind: only those that it has are changed. */
function withFields(
  spec: ExperimentSpec,
  place: LayerPlace,
  fields: Readonly<Record<string, unknown>>,
): ExperimentSpec {
  return changeLayer(spec, place, (layer) => {
    const known = Object.entries(fields).filter(([field]) => field in layer)
    return { ...layer, ...Object.fromEntries(known) }
  })
}

type NumberField = 'dropout' | 'kernel' | 'size' | 'stride' | 'dilation' | 'factor'

/** The nearest value that is allowed; nothing where the value is within its range and the fault another. */
function repairNumber(
  spec: ExperimentSpec,
  place: LayerPlace,
  field: NumberField,
  wanted?: number,
): Repair | undefined {
  const setting = `layers.${field}` as const
  const layer: Readonly<Record<string, unknown>> = { ...layerAt(spec.layers, place) }
  const value = layer[field]
  if (typeof value !== 'number') return undefined
  const nearest = wanted ?? nearestAllowed(setting, value)
  if (Object.is(nearest, value)) return undefined
  const label = numberSettings[setting].label.toLowerCase()
  return { label: `Set ${label} to ${formatNumber(nearest)}`, spec: withFields(spec, place, { [field]: nearest }) }
}

/** For a kernel or window that covers more than there is. */
function repairReach(spec: ExperimentSpec, place: LayerPlace): Repair {
  const layer = layerAt(spec.layers, place)
  return layer?.kind === 'conv'
    ? { label: 'Use “same” padding', spec: withFields(spec, place, { padding: 'same' }) }
    : { label: 'Remove it', spec: removeLayer(spec, place) }
}

function repairWidth(spec: ExperimentSpec, place: LayerPlace, data: DataShape | undefined): Repair | undefined {
  const layer = layerAt(spec.layers, place)
  const width = layer && layerWidth(layer)
  if (width === undefined) return undefined
  const isOutput = place === spec.layers.length - 1
  const goal = isOutput && layer?.kind === 'dense' && data ? goalOf(spec.loss, data) : undefined
  const fitting = goal && requiredOutputUnits(goal, spec.loss)[0]
  if (fitting !== undefined && fitting > numberSettings['layers.units'].range.maximum) return undefined
  const nearest = nearestAllowed(layer?.kind === 'dense' ? 'layers.units' : 'layers.channels', width)
  return resize(spec, place, fitting ?? (nearest === width ? depthwiseWidth(spec, place, data) : nearest))
}

/** The nearest multiple of the channels that come in. */
function depthwiseWidth({ layers }: ExperimentSpec, place: LayerPlace, data: DataShape | undefined): number {
  const width = layerWidth(layerAt(layers, place)!) ?? 1
  const shaped = data && shapeLayers(layers, data.shape).layers
  const layer = typeof place === 'number' ? shaped?.[place] : shaped?.[place[0]]?.inner[place[1]]
  const { channels } = layer?.input ?? { channels: 1 }
  return Math.max(1, Math.round(width / channels)) * channels
}

/** For a layer that cannot read what comes in: it goes to where there is an image, or away. */
function repairWhole(spec: ExperimentSpec, place: LayerPlace, data: DataShape | undefined): Repair | undefined {
  const index = typeof place === 'number' ? place : place[0]
  const layer = spec.layers[index]
  if (!layer || !data) return undefined
  if (positionsOf(data.shape) === 1) return removeImageLayers(spec)
  const before = placeForNew(spec, layer.kind)
  if (before < index) {
    return { label: `Move it before ${nameAt(spec.layers, before)}`, spec: moveLayer(spec, index, before) }
  }
  if (typeof place !== 'number') return { label: 'Remove it', spec: removeLayer(spec, place) }
  return layer.kind === 'residual' ? padBlock(spec, place, layer) : undefined
}

/** Without an image all of them have the same fault, and their sizes mean nothing. */
function removeImageLayers(spec: ExperimentSpec): Repair {
  const gone = spec.layers.flatMap((layer, index) => (needsImage(layer) ? [index] : []))
  const left = gone.reduceRight((before, index) => removeLayer(before, index), spec)
  return { label: gone.length > 1 ? `Remove all ${gone.length} layers for images` : 'Remove it', spec: left }
}

function needsImage(layer: LayerSpec): boolean {
  return layer.kind === 'residual' ? layer.layers.some(needsImage) : isForImages(layer.kind)
}

/** A block whose layers keep the size, or divide it by their strides, can be added to. */
function padBlock(spec: ExperimentSpec, place: number, { layers }: ResidualLayerSpec): Repair {
  const padded = layers.reduce((before, _, inner) => withFields(before, [place, inner], { padding: 'same' }), spec)
  return { label: 'Use “same” padding', spec: padded }
}

/** What is last becomes the last but one. */
function addOutput(spec: ExperimentSpec, data: DataShape | undefined): Repair | undefined {
  if (spec.layers.length >= MOST_LAYERS) return undefined
  const units = (data && requiredOutputUnits(goalOf(spec.loss, data), spec.loss)[0]) ?? 1
  const id = 1 + Math.max(...everyLayer(spec.layers).map(({ layer }) => layer.id))
  const output = denseLayer(id, units, 'linear')
  return { label: 'Add a dense output', spec: { ...spec, layers: [...spec.layers, output] } }
}

export function resize(spec: ExperimentSpec, place: LayerPlace, width: number): Repair {
  const noun = layerAt(spec.layers, place)?.kind === 'dense' ? 'unit' : 'channel'
  return {
    label: `Make it ${formatNumber(width)} ${noun}${width === 1 ? '' : 's'}`,
    spec: setWidth(spec, place, width),
  }
}

/** The value of a setting's range that is nearest; its default where nothing is near. */
function nearestAllowed(path: NumberSettingPath, value: number): number {
  const { range, default: usual } = numberSettings[path]
  const clamped = Math.min(range.maximum, Math.max(range.minimum, range.integer ? Math.round(value) : value))
  return Number.isNaN(clamped) ? usual : clamped
}
