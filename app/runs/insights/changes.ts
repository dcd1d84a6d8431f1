import { defaultOptimizer } from '../../experiment/defaults'
import { removeLayer, setActivation, setDropout, setUnits } from '../../experiment/edits'
import { numberSettings } from '../../experiment/settings'
import type { ExperimentSpec } from '../../experiment/spec'
import type { SuggestedChange } from './insight'
import { formatFigure, listNames } from './wording'

// The experiments that would test an insight. Each gives a spec that `parseSpec` accepts.

/** A spec without some of its hidden layers. */
export function withoutLayers(
  spec: ExperimentSpec,
  layers: readonly number[],
  names: readonly string[],
): SuggestedChange {
  // From the last to the first, so that positions stay what they were.
  const removed = layers.toSorted((a, b) => b - a).reduce((left, layer) => removeLayer(left, layer), spec)
  return { label: `without ${listNames(names)}`, spec: removed }
}

export function withUnits(spec: ExperimentSpec, layer: number, name: string, units: number): SuggestedChange {
  return { label: `${name} with ${units} units`, spec: setUnits(spec, layer, units) }
}

export function withLeakyRelu(spec: ExperimentSpec, layer: number, name: string): SuggestedChange {
  return { label: `leaky ReLU in ${name}`, spec: setActivation(spec, layer, 'leakyRelu') }
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
  const hidden = spec.layers.slice(0, -1)
  if (hidden.some(({ dropout }) => dropout === 0)) {
    const changed = hidden.reduce(
      (left, { dropout }, layer) => (dropout === 0 ? setDropout(left, layer, DROPOUT) : left),
      spec,
    )
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
