import { describeArchitecture } from './architecture'
import { lossChoices } from './choices'
import { mostClasses, mostScale } from './dataLimits'
import { dataShape, type DataShape } from './dataShape'
import { fitToData, setActivation, setDropout, setUnits } from './edits'
import { formatNumber, type Excess, type FieldFault } from './faults'
import { requiredOutputUnits } from './fit'
import { MOST_LAYERS } from './networkSchema'
import { numberSettings, type NumberSettingPath } from './settings'
import type { ExperimentSpec } from './spec'

/** One click that mends a fault. */
export interface Repair {
  /** What the click does: “Make it 10 units”. */
  readonly label: string
  readonly spec: ExperimentSpec
}

/**
 * The obvious way out of a fault, where there is one. Only this fault is mended; others have repairs of their own.
 * @param data what the network is trained on; without it, nothing is done about a network that does not fit its data.
 */
export function proposeRepair(
  spec: ExperimentSpec,
  fault: FieldFault,
  data: DataShape | undefined,
): Repair | undefined {
  const { path, excess } = fault
  if (excess) return data && shrink(spec, path, excess, data)
  const [, index, field] = /^layers\.(\d+)\.(\w+)$/.exec(path) ?? []
  if (index !== undefined) return repairLayer(spec, Number(index), field ?? '', data)
  if (path.startsWith('monitor.layers')) {
    return { label: 'Measure all layers', spec: { ...spec, monitor: { ...spec.monitor, layers: 'all' } } }
  }
  switch (path) {
    case 'layers':
      return dropLastHidden(spec)
    case 'loss.kind':
      return data && fitLoss(spec, data)
    case 'data.classes':
    case 'data.scale':
      return lowerToLimit(spec)
    case 'data.rank':
      return lowerRank(spec)
    case 'data.heldOut.last':
      return holdOutFewer(spec)
    default:
      return undefined
  }
}

// ── layers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function repairLayer(
  spec: ExperimentSpec,
  index: number,
  field: string,
  data: DataShape | undefined,
): Repair | undefined {
  const layer = spec.layers[index]
  if (!layer) return undefined
  const isOutput = index === spec.layers.length - 1
  if (field === 'units') {
    const fitting = isOutput && data ? requiredOutputUnits(data.task, spec.loss)[0] : undefined
    return resize(spec, index, fitting ?? nearestAllowed('layers.units', layer.units))
  }
  if (field === 'dropout') {
    const dropout = isOutput ? 0 : nearestAllowed('layers.dropout', layer.dropout)
    return { label: `Set dropout to ${formatNumber(dropout)}`, spec: setDropout(spec, index, dropout) }
  }
  if (field === 'activation' && isOutput) {
    return { label: 'Make it linear', spec: setActivation(spec, index, 'linear') }
  }
  return undefined
}

function resize(spec: ExperimentSpec, index: number, units: number): Repair {
  return {
    label: `Make it ${formatNumber(units)} ${units === 1 ? 'unit' : 'units'}`,
    spec: setUnits(spec, index, units),
  }
}

/** The value of a setting's range that is nearest; its default where nothing is near. */
function nearestAllowed(path: NumberSettingPath, value: number): number {
  const { range, default: usual } = numberSettings[path]
  const clamped = Math.min(range.maximum, Math.max(range.minimum, range.integer ? Math.round(value) : value))
  return Number.isNaN(clamped) ? usual : clamped
}

function dropLastHidden(spec: ExperimentSpec): Repair | undefined {
  const excess = spec.layers.length - MOST_LAYERS
  if (excess < 1) return undefined
  return {
    label: excess === 1 ? 'Remove the last hidden one' : `Remove the last ${excess} hidden ones`,
    spec: { ...spec, layers: spec.layers.toSpliced(-1 - excess, excess) },
  }
}

// ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────────

function fitLoss(spec: ExperimentSpec, data: DataShape): Repair {
  const fitted = fitToData(spec, data)
  return { label: `Use ${lossChoices[fitted.loss.kind].label.toLowerCase()}`, spec: fitted }
}

function lowerRank(spec: ExperimentSpec): Repair | undefined {
  const { data } = spec
  if (data.kind !== 'subspace') return undefined
  const rank = data.dimensions
  return { label: `Lower it to ${formatNumber(rank)}`, spec: { ...spec, data: { ...data, rank } } }
}

/** As many classes as there can be, or the largest scale that fits the images. */
function lowerToLimit(spec: ExperimentSpec): Repair | undefined {
  const { data } = spec
  if (data.kind === 'textures' && data.scale > mostScale(data)) {
    const scale = mostScale(data)
    return { label: `Lower it to ${scale}`, spec: { ...spec, data: { ...data, scale } } }
  }
  if (!('classes' in data) || data.classes <= mostClasses(data)) return undefined
  const classes = mostClasses(data)
  const lowered = { ...spec, data: { ...data, classes } }
  const shape = dataShape(lowered.data)
  return { label: `Lower it to ${classes}`, spec: shape ? fitToData(lowered, shape) : lowered }
}

/** The usual share of the samples, counted from their end as before. */
function holdOutFewer(spec: ExperimentSpec): Repair | undefined {
  const { data } = spec
  if (!('samples' in data)) return undefined
  const last = Math.max(1, Math.round(data.samples * numberSettings['data.heldOut'].default))
  return { label: `Hold out ${formatNumber(last)}`, spec: { ...spec, data: { ...data, heldOut: { last } } } }
}

/** The most units, or the largest batch, with which the network as a whole fits the device. */
function shrink(spec: ExperimentSpec, path: string, excess: Excess, data: DataShape): Repair | undefined {
  const candidates = path === 'training.batchSize' ? smallerBatches(spec) : narrowerLayers(spec, path)
  return candidates.find((candidate) => describeArchitecture(candidate.spec, data)[excess.of] <= excess.ceiling)
}

/** Powers of two below the batch size, the largest first. */
function smallerBatches(spec: ExperimentSpec): readonly Repair[] {
  const { training } = spec
  const exponent = Math.ceil(Math.log2(training.batchSize)) - 1
  return Array.from({ length: Math.max(0, exponent + 1) }, (_, index) => {
    const batchSize = 2 ** (exponent - index)
    return { label: `Lower it to ${formatNumber(batchSize)}`, spec: { ...spec, training: { ...training, batchSize } } }
  })
}

/** Widths below the layer's that are multiples of eight, the widest first; an output keeps what its data ask for. */
function narrowerLayers(spec: ExperimentSpec, path: string): readonly Repair[] {
  const index = Number(path.split('.')[1])
  const layer = spec.layers[index]
  if (!layer || index === spec.layers.length - 1) return []
  const largest = Math.ceil(layer.units / 8) - 1
  return Array.from({ length: Math.max(0, largest) }, (_, place) => resize(spec, index, (largest - place) * 8))
}
