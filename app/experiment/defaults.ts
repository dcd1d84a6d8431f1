import { NO_AUGMENTATION } from './augmentation'
import { isImageKind } from './dataKinds'
import type { TaskShape } from './dataShape'
import { numberSettings } from './settings'
import type { DataKind, DataSpec, PlaneKind } from './dataSpec'
import type {
  DenseLayerSpec,
  LayerKind,
  LayerSpec,
  LossSpec,
  MonitorSpec,
  OptimizerKind,
  OptimizerSpec,
  ScheduleSpec,
  TrainingSpec,
} from './spec'

/** The member of a union that has this kind, its `kind` narrowed to it. */
type VariantOf<Union, Kind> = Union extends { readonly kind: infer Kinds }
  ? Kind extends Kinds
    ? Union & { readonly kind: Kind }
    : never
  : never

export const DEFAULT_NAME = 'Untitled experiment'

const heldOut = numberSettings['data.heldOut'].default
const labelNoise = numberSettings['data.labelNoise'].default

/** Noise at which each pattern is learnable but not trivial. */
function plane<Kind extends PlaneKind>(kind: Kind, samples: number, noise: number) {
  // Points keep their coordinates, so that the decision surface is drawn over the pattern as it was made.
  return { kind, samples, noise, labelNoise, heldOut, standardise: 'none' } as const
}

function surface<Kind extends 'plane' | 'hills'>(kind: Kind, samples: number, noise: number) {
  return { kind, samples, noise, heldOut, standardise: 'none' } as const
}

/** A complete data spec of every kind. */
export const defaultData: { readonly [Kind in DataKind]: VariantOf<DataSpec, Kind> } = {
  circle: plane('circle', 1000, 0.1),
  xor: plane('xor', 1000, 0.1),
  spirals: plane('spirals', 1000, 0.05),
  moons: plane('moons', 1000, 0.15),
  checkerboard: plane('checkerboard', 2000, 0.05),
  gaussians: { kind: 'gaussians', samples: 1000, classes: 3, noise: 0.3, labelNoise, heldOut, standardise: 'none' },
  plane: surface('plane', 1000, 0.05),
  hills: surface('hills', 1000, 0.05),
  subspace: {
    kind: 'subspace',
    samples: 5000,
    dimensions: 32,
    rank: 6,
    classes: 4,
    noise: 0,
    labelNoise,
    heldOut,
    standardise: 'none',
  },
  teacher: {
    kind: 'teacher',
    samples: 5000,
    dimensions: 16,
    hidden: 8,
    classes: 4,
    noise: 0,
    labelNoise,
    heldOut,
    standardise: 'none',
  },
  digits: {
    kind: 'digits',
    samples: 6000,
    size: 14,
    classes: 10,
    noise: 0.2,
    labelNoise,
    heldOut,
    standardise: 'dataset',
  },
  shapes: {
    kind: 'shapes',
    samples: 6000,
    size: 16,
    classes: 8,
    jitter: numberSettings['data.jitter'].default,
    rotation: numberSettings['data.rotation'].default,
    colour: numberSettings['data.colour'].default,
    clutter: numberSettings['data.clutter'].default,
    noise: 0.1,
    labelNoise,
    heldOut,
    standardise: 'channel',
  },
  textures: {
    kind: 'textures',
    samples: 6000,
    size: 16,
    classes: 4,
    scale: numberSettings['data.scale'].default,
    noise: 0.1,
    labelNoise,
    heldOut,
    standardise: 'dataset',
  },
  idx: { kind: 'idx', resize: null, heldOut, standardise: 'dataset' },
  cifar10: { kind: 'cifar10', resize: null, grayscale: false, heldOut, standardise: 'channel' },
  images: {
    kind: 'images',
    resize: numberSettings['data.resize'].default,
    grayscale: false,
    heldOut,
    standardise: 'channel',
  },
  csv: { kind: 'csv', target: null, task: null, heldOut, standardise: 'feature' },
}

const adaptive = {
  beta1: numberSettings['optimizer.beta1'].default,
  beta2: numberSettings['optimizer.beta2'].default,
  epsilon: numberSettings['optimizer.epsilon'].default,
}
const momentum = numberSettings['optimizer.momentum'].default

/** PyTorch's defaults where it has some; learning rates that suit small networks. */
export const defaultOptimizer: { readonly [Kind in OptimizerKind]: VariantOf<OptimizerSpec, Kind> } = {
  sgd: { kind: 'sgd', learningRate: 0.1, weightDecay: 0 },
  momentum: { kind: 'momentum', learningRate: 0.02, momentum, weightDecay: 0 },
  nesterov: { kind: 'nesterov', learningRate: 0.02, momentum, weightDecay: 0 },
  rmsprop: {
    kind: 'rmsprop',
    learningRate: 0.001,
    decay: numberSettings['optimizer.decay'].default,
    epsilon: adaptive.epsilon,
    weightDecay: 0,
  },
  adam: { kind: 'adam', learningRate: 0.001, ...adaptive, weightDecay: 0 },
  adamw: { kind: 'adamw', learningRate: 0.001, ...adaptive, weightDecay: 0.01 },
}

export const defaultLoss: { readonly [Kind in LossSpec['kind']]: VariantOf<LossSpec, Kind> } = {
  crossEntropy: { kind: 'crossEntropy', labelSmoothing: numberSettings['loss.labelSmoothing'].default },
  binaryCrossEntropy: { kind: 'binaryCrossEntropy' },
  meanSquaredError: { kind: 'meanSquaredError' },
  reconstruction: { kind: 'reconstruction' },
}

const warmup = numberSettings['schedule.warmup'].default

export const defaultSchedule: { readonly [Kind in ScheduleSpec['kind']]: VariantOf<ScheduleSpec, Kind> } = {
  constant: { kind: 'constant', warmup },
  step: {
    kind: 'step',
    warmup,
    every: numberSettings['schedule.every'].default,
    factor: numberSettings['schedule.factor'].default,
  },
  cosine: { kind: 'cosine', warmup, floor: numberSettings['schedule.floor'].default },
}

export const defaultTraining: TrainingSpec = {
  batchSize: numberSettings['training.batchSize'].default,
  steps: numberSettings['training.steps'].default,
  clipNorm: null,
  l1: numberSettings['training.l1'].default,
  l2: numberSettings['training.l2'].default,
  augmentation: NO_AUGMENTATION,
}

export const defaultMonitor: MonitorSpec = {
  source: 'probe',
  samples: numberSettings['monitor.samples'].default,
  cadence: 'auto',
  output: 'pre',
  sampling: 'channelwise',
  threshold: numberSettings['monitor.threshold'].default,
  convention: 'paper',
  layers: 'all',
}

/** The loss that fits the targets best. */
export function lossForTask(task: TaskShape): LossSpec {
  return task.kind === 'classification' ? defaultLoss.crossEntropy : defaultLoss.meanSquaredError
}

/** Widths of the hidden layers of a document that names no layers. */
export function hiddenWidthsFor(kind: DataKind): readonly number[] {
  return isImageKind(kind) ? [128, 64] : [32, 32]
}

/** What a layer has before it is changed: hidden layers are ReLU, the output layer linear. */
export function denseLayer(id: number, units: number, activation: DenseLayerSpec['activation']): DenseLayerSpec {
  return { ...defaultLayers.dense, id, units, activation }
}

const finishing = {
  normalisation: 'none',
  activation: 'relu',
  dropout: numberSettings['layers.dropout'].default,
} as const

const kernelFields = {
  channels: numberSettings['layers.channels'].default,
  kernel: numberSettings['layers.kernel'].default,
  padding: 'same',
  dropped: 'channels',
  ...finishing,
} as const

const id = numberSettings['layers.id'].default
const size = numberSettings['layers.size'].default
const conv = {
  kind: 'conv',
  id,
  ...kernelFields,
  stride: numberSettings['layers.stride'].default,
  dilation: numberSettings['layers.dilation'].default,
  groups: numberSettings['layers.groups'].default,
} as const

/** A complete layer of every kind. */
export const defaultLayers: { readonly [Kind in LayerKind]: VariantOf<LayerSpec, Kind> } = {
  dense: { kind: 'dense', id, units: numberSettings['layers.units'].default, ...finishing },
  conv,
  // A stride of 2 doubles the image, which is what one takes it for.
  transposedConv: { kind: 'transposedConv', id, ...kernelFields, stride: 2 },
  maxPool: { kind: 'maxPool', id, size, stride: size },
  averagePool: { kind: 'averagePool', id, size, stride: size },
  globalAveragePool: { kind: 'globalAveragePool', id },
  upsample: { kind: 'upsample', id, factor: numberSettings['layers.factor'].default },
  flatten: { kind: 'flatten', id },
  residual: {
    kind: 'residual',
    id,
    order: 'post',
    layers: [
      { ...conv, id: id + 1 },
      { ...conv, id: id + 2 },
    ],
  },
}
