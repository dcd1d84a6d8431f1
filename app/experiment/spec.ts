/**
 * The experiment spec: one JSON document that says everything about a run. These are the types of a complete spec;
 * documents may omit fields and `parseSpec` (schema.ts) fills in their defaults.
 */

import type { DataSpec } from './dataSpec'

export interface ExperimentSpec {
  readonly version: 1
  readonly name: string
  /** Unsigned 32-bit; every random number of the run derives from it. */
  readonly seed: number
  readonly data: DataSpec
  /** At least one; the last is the output layer and is linear. */
  readonly layers: readonly LayerSpec[]
  readonly initialisation: Initialisation
  readonly loss: LossSpec
  readonly optimizer: OptimizerSpec
  readonly schedule: ScheduleSpec
  readonly training: TrainingSpec
  readonly monitor: MonitorSpec
}

// ── network ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Activation = 'linear' | 'relu' | 'leakyRelu' | 'tanh' | 'sigmoid' | 'gelu' | 'silu'

/** `batch`: each channel over the batch; `layer`: each position of a sample over its channels. */
export type Normalisation = 'none' | 'batch' | 'layer'
/** `same`: ⌈n / stride⌉ positions from n; `valid`: only where the kernel lies inside. */
export type Padding = 'same' | 'valid'

interface LayerIdentity {
  /** Stays with the layer when others are added, removed or moved: initialisation and dropout are keyed by it. */
  readonly id: number
}

/** What becomes of a layer's own result, in this order. */
interface Finishing {
  readonly normalisation: Normalisation
  readonly activation: Activation
  /** Share of activations set to zero in training, 0 ≤ rate < 1. */
  readonly dropout: number
}

interface ImageFinishing extends Finishing {
  /** What dropout sets to zero: single numbers, or channels of a sample as a whole. */
  readonly dropped: 'elements' | 'channels'
}

/** Reads all numbers of a sample, an image's too. */
export interface DenseLayerSpec extends LayerIdentity, Finishing {
  readonly kind: 'dense'
  readonly units: number
}
export interface ConvLayerSpec extends LayerIdentity, ImageFinishing {
  readonly kind: 'conv'
  readonly channels: number
  /** Edge of the square kernel. */
  readonly kernel: number
  readonly stride: number
  readonly padding: Padding
  readonly dilation: number
  /** Parts of the channels that do not mix; `depthwise`: as many as there are input channels. */
  readonly groups: number | 'depthwise'
}
/** The adjoint of the convolution that leads from its output to its input. */
interface TransposedConvLayerSpec extends LayerIdentity, ImageFinishing {
  readonly kind: 'transposedConv'
  readonly channels: number
  readonly kernel: number
  readonly stride: number
  readonly padding: Padding
}
/** Positions past the last whole window are left out. */
export interface PoolLayerSpec extends LayerIdentity {
  readonly kind: 'maxPool' | 'averagePool'
  /** Edge of the square window. */
  readonly size: number
  readonly stride: number
}
interface GlobalAveragePoolLayerSpec extends LayerIdentity {
  readonly kind: 'globalAveragePool'
}
/** Repeats each position `factor` times in both directions. */
interface UpsampleLayerSpec extends LayerIdentity {
  readonly kind: 'upsample'
  readonly factor: number
}
interface FlattenLayerSpec extends LayerIdentity {
  readonly kind: 'flatten'
}
/**
 * Layers whose input is added to their result; where shapes differ a 1×1 projection, keyed by the block's id, makes it
 * fit. The last layer's activation comes after the sum.
 */
export interface ResidualLayerSpec extends LayerIdentity {
  readonly kind: 'residual'
  /** `post`: convolution, normalisation, activation (He 2015); `pre`: normalisation, activation, convolution (He 2016). */
  readonly order: 'post' | 'pre'
  /** At least one. */
  readonly layers: readonly BodyLayerSpec[]
}

/** What a residual block may hold. */
export type BodyLayerSpec = DenseLayerSpec | ConvLayerSpec
/** Layers with weights: their outputs are measured. */
export type WeightedLayerSpec = DenseLayerSpec | ConvLayerSpec | TransposedConvLayerSpec
export type LayerSpec =
  | WeightedLayerSpec
  | PoolLayerSpec
  | GlobalAveragePoolLayerSpec
  | UpsampleLayerSpec
  | FlattenLayerSpec
  | ResidualLayerSpec
export type LayerKind = LayerSpec['kind']

export type Initialisation =
  | 'torch' // uniform ±1/√fan-in, weights and biases: PyTorch's default for nn.Linear
  | 'he' // normal, deviation √(2/fan-in), biases 0
  | 'glorot' // uniform ±√(6/(fan-in + fan-out)), biases 0
  | 'lecun' // normal, deviation √(1/fan-in), biases 0
  | { readonly kind: 'normal'; /** Standard deviation of the weights; biases 0. */ readonly scale: number }

// ── learning ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type LossSpec =
  | { readonly kind: 'crossEntropy'; readonly labelSmoothing: number }
  | { readonly kind: 'binaryCrossEntropy' }
  | { readonly kind: 'meanSquaredError' }
  /** Mean squared error between the outputs and the standardised sample itself; targets are ignored. */
  | { readonly kind: 'reconstruction' }

export type OptimizerSpec =
  | { readonly kind: 'sgd'; readonly learningRate: number; readonly weightDecay: number }
  | {
      readonly kind: 'momentum' | 'nesterov'
      readonly learningRate: number
      readonly momentum: number
      readonly weightDecay: number
    }
  | {
      readonly kind: 'rmsprop'
      readonly learningRate: number
      /** Smoothing constant (PyTorch's alpha). */
      readonly decay: number
      readonly epsilon: number
      readonly weightDecay: number
    }
  | {
      /** adam adds weightDecay·w to the gradient (PyTorch's Adam); adamw decays the weights directly. */
      readonly kind: 'adam' | 'adamw'
      readonly learningRate: number
      readonly beta1: number
      readonly beta2: number
      readonly epsilon: number
      readonly weightDecay: number
    }
export type OptimizerKind = OptimizerSpec['kind']

/** Factor on the learning rate over the steps of the run. `warmup` steps rise linearly from 0 first. */
export type ScheduleSpec =
  | { readonly kind: 'constant'; readonly warmup: number }
  | { readonly kind: 'step'; readonly warmup: number; readonly every: number; readonly factor: number }
  | { readonly kind: 'cosine'; readonly warmup: number; readonly floor: number }

export interface TrainingSpec {
  readonly batchSize: number
  /** Planned steps. */
  readonly steps: number
  /** Largest global gradient norm, or null for no clipping. */
  readonly clipNorm: number | null
  /** Coefficients of Σ|w| and ½Σw² in the loss; weights only, not biases. */
  readonly l1: number
  readonly l2: number
  readonly augmentation: AugmentationSpec
}

/** Chance changes of images in training batches alone, drawn anew for every sample in every epoch. */
export interface AugmentationSpec {
  /**
   * Pixels that are added on each side, as copies of the edge, before a window of the original size is taken at random:
   * a shift by an integer of [−crop, crop] in both directions; 0 for none. Data are standardised before: where each pixel
   * is by itself, one that is shifted keeps the value it had in its place.
   */
  readonly crop: number
  /** Whether an image is mirrored, left for right, with probability ½. */
  readonly flip: boolean
}

// ── measuring ───────────────────────────────────────────────────────────────────────────────────────────────────────

export type Convention = 'paper' | 'delve'
export type Sampling = 'channelwise' | 'mean' | 'max' | 'median' | 'flatten'

export interface MonitorSpec {
  /** `probe`: a fixed set of samples at frozen weights; `train`: the last training samples, while weights move. */
  readonly source: 'probe' | 'train'
  readonly samples: number
  /** Steps between columns, or as often as 10 % of the training time allows. */
  readonly cadence: 'auto' | number
  /** `pre`: the layer's own result before its activation function; `post`: after it. */
  readonly output: 'pre' | 'post'
  readonly sampling: Sampling
  /** δ: the share of variance to explain. */
  readonly threshold: number
  readonly convention: Convention
  readonly layers: 'all' | readonly string[]
}

/** Settings that change while a run goes on; every change is logged in the run as {step, path, value}. */
export interface LiveSettings {
  readonly learningRate?: number
  readonly weightDecay?: number
  readonly clipNorm?: number | null
  /** Rate by layer id. */
  readonly dropout?: Readonly<Record<number, number>>
  /** What is measured from then on; weights do not depend on it. */
  readonly sampling?: Sampling
}

/** A JSON document that becomes an `ExperimentSpec` once defaults are filled in. */
export type ExperimentDocument = DeepPartial<ExperimentSpec>

type DeepPartial<T> = T extends readonly (infer Item)[]
  ? readonly DeepPartial<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T
