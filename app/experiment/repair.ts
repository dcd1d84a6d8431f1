import { describeArchitecture } from './architecture'
import { mostCrop } from './augmentation'
import { lossChoices } from './choices'
import { mostClasses, mostScale } from './dataLimits'
import { dataShape, type DataShape } from './dataShape'
import { fitToData } from './edits'
import { formatNumber, type Excess, type FieldFault } from './faults'
import { layerWidth } from './layerNames'
import { layerAt } from './layerPlace'
import { readLayerPath, repairLayer, resize, type Repair } from './layerRepairs'
import { MOST_LAYERS } from './networkSchema'
import { repairReconstruction } from './reconstructionRepairs'
import { numberSettings } from './settings'
import type { AugmentationSpec, ExperimentSpec } from './spec'

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
  const { place, field } = readLayerPath(path) ?? {}
  if (place !== undefined && field !== undefined) {
    const reconstruction = data && repairReconstruction(spec, place, field, data.shape)
    return reconstruction ?? repairLayer(spec, place, field, data)
  }
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
    case 'training.augmentation.crop':
      return cropWithin(spec, data)
    case 'training.augmentation.flip':
      return { label: 'Turn it off', spec: withAugmentation(spec, { flip: false }) }
    default:
      return undefined
  }
}

// ── the whole ───────────────────────────────────────────────────────────────────────────────────────────────────────

function dropLastHidden(spec: ExperimentSpec): Repair | undefined {
  const excess = spec.layers.length - MOST_LAYERS
  if (excess < 1) return undefined
  return {
    label: excess === 1 ? 'Remove the last hidden one' : `Remove the last ${excess} hidden ones`,
    spec: { ...spec, layers: spec.layers.toSpliced(-1 - excess, excess) },
  }
}

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

/** The nearest crop that leaves something of every image. */
function cropWithin(spec: ExperimentSpec, data: DataShape | undefined): Repair | undefined {
  const { minimum, maximum } = numberSettings['training.augmentation.crop'].range
  const most = data ? Math.min(maximum, mostCrop(data.shape)) : maximum
  const crop = Math.min(most, Math.max(minimum, Math.round(spec.training.augmentation.crop)))
  return { label: `Set it to ${crop}`, spec: withAugmentation(spec, { crop }) }
}

function withAugmentation(spec: ExperimentSpec, change: Partial<AugmentationSpec>): ExperimentSpec {
  const { training } = spec
  return { ...spec, training: { ...training, augmentation: { ...training.augmentation, ...change } } }
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
  const { place } = readLayerPath(path) ?? {}
  const layer = place === undefined ? undefined : layerAt(spec.layers, place)
  const width = layer && layerWidth(layer)
  if (place === undefined || width === undefined || place === spec.layers.length - 1) return []
  const largest = Math.ceil(width / 8) - 1
  return Array.from({ length: Math.max(0, largest) }, (_, step) => resize(spec, place, (largest - step) * 8))
}
