/** What an experiment is trained on: the `data` of a spec. */

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
