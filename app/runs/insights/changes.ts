import { defaultOptimizer } from '../../experiment/defaults'
import { describeArchitecture } from '../../experiment/architecture'
import { removeLayer, setActivation, setDropout, setWidth } from '../../experiment/edits'
import { hasWeights, nameAt } from '../../experiment/layerNames'
import { everyLayer, layerAt, type LayerPlace } from '../../experiment/layerPlace'
import { parseSpec } from '../../experiment/schema'
import { numberSettings } from '../../experiment/settings'
import type { ExperimentSpec } from '../../experiment/spec'
import { elementsOf } from '../../experiment/tensorShape'
import type { RunEvidence } from './evidence'
import type { SuggestedChange } from './insight'
import type { LayerTimeline } from './timeline'
import { formatFigure, listNames } from './wording'

// The experiments that would test an insight. Each gives a spec that `parseSpec` accepts.

/** What a network is trained on, by which a change shows whether it can be run. */
type Fitting = Pick<RunEvidence, 'shape' | 'task'>

/**
 * A spec without the hidden layers of these names, or without a block where they are all it holds; layers of which a
 * block keeps some stay. Undefined where nothing can go, or what is left does not fit together.
 */
export function withoutLayers(
  spec: ExperimentSpec,
  names: readonly string[],
  data: Fitting,
): SuggestedChange | undefined {
  const gone = spec.layers.slice(0, -1).flatMap((layer, index) => {
    const held = layer.kind === 'residual' ? layer.layers.map((_, inner): LayerPlace => [index, inner]) : [index]
    return held.every((place) => names.includes(nameAt(spec.layers, place))) ? [index] : []
  })
  // From the last to the first, so that positions stay what they were.
  const left = gone.reduceRight((before, index) => removeLayer(before, index), spec)
  const labels = gone.map((index) => nameAt(spec.layers, index))
  return gone.length > 0 && canRun(left, data) ? { label: `without ${listNames(labels)}`, spec: left } : undefined
}

/** Another width of a layer; undefined where others have to have the same, and for a projection. */
export function withWidth(
  spec: ExperimentSpec,
  { place, name }: Pick<LayerTimeline, 'place' | 'name'>,
  width: number,
  data: Fitting,
): SuggestedChange | undefined {
  if (place === undefined) return undefined
  const changed = setWidth(spec, place, width)
  const noun = layerAt(spec.layers, place)?.kind === 'dense' ? 'units' : 'channels'
  return canRun(changed, data) ? { label: `${name} with ${width} ${noun}`, spec: changed } : undefined
}

function canRun(spec: ExperimentSpec, { shape, task }: Fitting): boolean {
  const data = { shape, features: elementsOf(shape), task }
  return parseSpec(spec).ok && describeArchitecture(spec, data).faults.length === 0
}

export function withLeakyRelu(spec: ExperimentSpec, place: LayerPlace, name: string): SuggestedChange {
  return { label: `leaky ReLU in ${name}`, spec: setActivation(spec, place, 'leakyRelu') }
}

/** Beyond this multiple of an optimizer's usual rate, the usual rate is a better guess than a factor. */
const FAR_FROM_USUAL = 10

/**
 * A learning rate multiplied by `factor`; where that would still be more than ten times off what is usual for the
 * optimizer, the usual rate.
 */
export function withLearningRate(spec: ExperimentSpec, factor: number): SuggestedChange {
  const usual = defaultOptimizer[spec.optimizer.kind].learningRate
  const scaled = Number((spec.optimizer.learningRate * factor).toPrecision(2))
  const isFar = factor < 1 ? scaled > usual * FAR_FROM_USUAL : scaled < usual / FAR_FROM_USUAL
  const learningRate = isFar ? usual : scaled
  return {
    label: `learning rate ${formatFigure(learningRate)}`,
    spec: { ...spec, optimizer: { ...spec.optimizer, learningRate } },
  }
}

/** A tenth of everything that pulls weights to zero; undefined where nothing does. */
export function withLessDecay(spec: ExperimentSpec): SuggestedChange | undefined {
  const { weightDecay } = spec.optimizer
  const { l1, l2 } = spec.training
  if (Math.max(weightDecay, l1, l2) === 0) return undefined
  return {
    label: `a tenth of the ${listNames([
      ...(weightDecay > 0 ? ['weight decay'] : []),
      ...(l1 > 0 ? ['L1 penalty'] : []),
      ...(l2 > 0 ? ['L2 penalty'] : []),
    ])}`,
    spec: {
      ...spec,
      optimizer: { ...spec.optimizer, weightDecay: weightDecay / 10 },
      training: { ...spec.training, l1: l1 / 10, l2: l2 / 10 },
    },
  }
}

const DROPOUT = 0.3
/** Decoupled decay acts through the learning rate; the penalty of the others is part of the gradient. */
const WEIGHT_DECAY = { adamw: 0.1, other: 1e-3 }

/** Dropout in the hidden layers that have none; where all have some, a (ten times) stronger weight decay. */
export function withRegularisation(spec: ExperimentSpec): SuggestedChange {
  const without = everyLayer(spec.layers.slice(0, -1)).filter(({ layer }) => hasWeights(layer) && layer.dropout === 0)
  if (without.length > 0) {
    const changed = without.reduce((left, { place }) => setDropout(left, place, DROPOUT), spec)
    return { label: `dropout of ${DROPOUT}`, spec: changed }
  }
  const { kind, weightDecay } = spec.optimizer
  const least = kind === 'adamw' ? WEIGHT_DECAY.adamw : WEIGHT_DECAY.other
  const { maximum } = numberSettings['optimizer.weightDecay'].range
  const stronger = Math.min(Math.max(least, 10 * weightDecay), maximum)
  return {
    label: `weight decay ${formatFigure(stronger)}`,
    spec: { ...spec, optimizer: { ...spec.optimizer, weightDecay: stronger } },
  }
}

/**
 * The probe where the data have enough samples for it, else more generated samples; undefined for files that are too
 * small.
 * @param needed samples, for the widest layer.
 * @param available training and held-out samples together.
 */
export function withMoreSamples(spec: ExperimentSpec, needed: number, available: number): SuggestedChange | undefined {
  if (spec.monitor.source === 'train' && available >= needed) {
    return {
      label: `a probe of ${formatFigure(needed)} samples`,
      spec: { ...spec, monitor: { ...spec.monitor, source: 'probe', samples: monitorSamples(spec, needed) } },
    }
  }
  if (!('samples' in spec.data) || needed > numberSettings['data.samples'].range.maximum) return undefined
  const samples = Math.max(spec.data.samples, needed)
  return {
    label: `${formatFigure(samples)} samples`,
    spec: {
      ...spec,
      data: { ...spec.data, samples },
      monitor: { ...spec.monitor, source: 'probe', samples: monitorSamples(spec, needed) },
    },
  }
}

function monitorSamples({ monitor }: ExperimentSpec, needed: number): number {
  const { maximum } = numberSettings['monitor.samples'].range
  return Math.min(Math.max(monitor.samples, needed), maximum)
}
