import type { TensorShape } from '../experiment/tensorShape'

/** What the targets are, and so which losses and how many output units fit. */
export type Task =
  | { readonly kind: 'classification'; readonly classes: number; readonly classNames: readonly string[] }
  | { readonly kind: 'regression'; readonly outputs: number }

/** Samples ready for training: standardised, training part first. */
export interface Dataset {
  /** For people: “digits 14×14”, “train-images-idx3-ubyte.gz”. */
  readonly name: string
  readonly task: Task
  /** Shape of one sample; of what is no image 1×1 with its features as channels. */
  readonly shape: TensorShape
  /** Numbers per sample: the elements of `shape`. */
  readonly features: number
  /** [trainingCount + heldOutCount, height, width, channels], row-major, training rows first. */
  readonly inputs: Float32Array
  /** Classification: [samples] class numbers; regression: [samples, outputs]. */
  readonly targets: Float32Array
  readonly trainingCount: number
  readonly heldOutCount: number
  /** What was subtracted and divided by: one value each, one per channel or one per feature. */
  readonly standardisation: { readonly mean: Float32Array; readonly deviation: Float32Array }
  /** What the user should know of how the samples were read: “7 rows without a value were dropped”. */
  readonly notes: readonly string[]
}
