/**
 * The experiment spec: one JSON document that says everything about a run. These are the types of a complete spec;
 * documents may omit fields and `parseSpec` (schema.ts) fills in their defaults.
 */

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

// ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A share of the samples, or the last n of them in file order. */
export type HeldOut = number | { readonly last: number }
/**
 * `feature`: each feature to mean 0, deviation 1; `channel`: each colour channel of images; `dataset`: one mean and
 * deviation for all. Fitted on the training part.
 */
export type Standardise = 'none' | 'feature' | 'channel' | 'dataset'

interface DataCommon {
  readonly heldOut: HeldOut
  readonly standardise: Standardise
}

interface GeneratedData extends DataCommon {
  readonly samples: number
  /** Standard deviation of the noise, relative to the scale of the pattern. */
  readonly noise: number
}

interface LabelledData extends GeneratedData {
  /** Share of training labels replaced by random ones. */
  readonly labelNoise: number
}

export type PlaneKind = 'circle' | 'xor' | 'spirals' | 'moons' | 'checkerboard'

/** Two classes of points in the plane. */
export interface PlaneData extends LabelledData {
  readonly kind: PlaneKind
}
/** Gaussian clouds in the plane, one per class. */
export interface GaussiansData extends LabelledData {
  readonly kind: 'gaussians'
  readonly classes: number
}
/** Regression targets over the plane. */
export interface SurfaceData extends GeneratedData {
  readonly kind: 'plane' | 'hills'
}
/** Gaussian classes in `dimensions` dimensions that all lie on a subspace of `rank` dimensions. */
export interface SubspaceData extends LabelledData {
  readonly kind: 'subspace'
  readonly dimensions: number
  readonly rank: number
  readonly classes: number
}
/** Gaussian inputs labelled by a random network of the given hidden width. */
export interface TeacherData extends LabelledData {
  readonly kind: 'teacher'
  readonly dimensions: number
  readonly hidden: number
  readonly classes: number
}
/** Digits drawn as jittered strokes on `size`×`size` pixels. */
export interface DigitsData extends LabelledData {
  readonly kind: 'digits'
  readonly size: number
  readonly classes: number
}
/** One geometric figure per picture, `size`×`size` pixels in colour; the figure's kind is the class. */
export interface ShapesData extends LabelledData {
  readonly kind: 'shapes'
  readonly size: number
  readonly classes: number
  /** How far figures wander from the middle: 0 not at all, 1 to the edges. */
  readonly jitter: number
  /** Degrees by which figures are turned at most, to either side. */
  readonly rotation: number
  /** How much figure and ground vary in colour: 0 light on dark, 1 any colours that differ. */
  readonly colour: number
  /** How much lies behind the figure: 0 nothing. */
  readonly clutter: number
}
/** Patterns of dots in pairs, `size`×`size` grey pixels; classes differ in nothing that is smaller than `scale` pixels. */
export interface TexturesData extends LabelledData {
  readonly kind: 'textures'
  readonly size: number
  readonly classes: number
  readonly scale: number
}

interface ImageFileData extends DataCommon {
  /** Width and height images are resized to; null keeps them as they are. */
  readonly resize: number | null
}
/** MNIST's file format; the files are passed beside the spec. */
export interface IdxData extends ImageFileData {
  readonly kind: 'idx'
}
/** CIFAR-10's binary batches; the files are passed beside the spec. */
export interface Cifar10Data extends ImageFileData {
  readonly kind: 'cifar10'
  readonly grayscale: boolean
}
/** PNG and JPEG pictures in a folder per class, or with a table of labels; the files are passed beside the spec. */
export interface ImagesData extends ImageFileData {
  readonly kind: 'images'
  readonly resize: number
  readonly grayscale: boolean
}
/** A table; the file is passed beside the spec. */
export interface CsvData extends DataCommon {
  readonly kind: 'csv'
  /** Name of the target column (or its number from 0 where there is no header); null: the last column. */
  readonly target: string | null
  /** null: guessed from the column. */
  readonly task: 'classification' | 'regression' | null
}

export type GeneratedDataSpec =
  | PlaneData
  | GaussiansData
  | SurfaceData
  | SubspaceData
  | TeacherData
  | DigitsData
  | ShapesData
  | TexturesData
export type FileDataSpec = IdxData | Cifar10Data | ImagesData | CsvData
export type DataSpec = GeneratedDataSpec | FileDataSpec
export type DataKind = DataSpec['kind']

// ── network ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Activation = 'linear' | 'relu' | 'leakyRelu' | 'tanh' | 'sigmoid' | 'gelu' | 'silu'

export interface DenseLayerSpec {
  readonly kind: 'dense'
  /** Stays with the layer when others are added, removed or moved: initialisation and dropout are keyed by it. */
  readonly id: number
  readonly units: number
  readonly activation: Activation
  /** Share of activations set to zero in training, 0 ≤ rate < 1. */
  readonly dropout: number
}

/** Further kinds of layers join this union. */
export type LayerSpec = DenseLayerSpec

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
}

/** A JSON document that becomes an `ExperimentSpec` once defaults are filled in. */
export type ExperimentDocument = DeepPartial<ExperimentSpec>

type DeepPartial<T> = T extends readonly (infer Item)[]
  ? readonly DeepPartial<Item>[]
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T
