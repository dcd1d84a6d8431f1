import type { Task } from '../data/dataset'
import type { TensorShape } from '../experiment/tensorShape'
import type { Inspection } from '../training/inspection/inspection'
import type { RunId } from './protocol'

// What page and worker say to each other about one sample in a network.

/**
 * Shows what a run's network makes of a sample until `endInspection`, in place of what was shown before: `inspected` at
 * once and as the weights move, `samplePage` when the samples beside the chosen one are others.
 */
export interface InspectRequest {
  readonly kind: 'inspect'
  readonly run: RunId
  readonly sample: InspectedSample
  /** Name of the layer whose weights are shown, too. */
  readonly filtersOf: string | undefined
  /** At the weights of this past step, or of the last one before it that was kept; undefined: as they are. */
  readonly step: number | undefined
}

export type InspectedSample =
  /** Counted from 0; where nothing is held out, of the training samples. */
  { readonly kind: 'heldOut'; readonly index: number } | Drawing

/** What was drawn by hand on a pad as wide and high as the data's pictures. */
export interface Drawing {
  readonly kind: 'drawn'
  readonly strokes: readonly Stroke[]
  /** Colour of the pen, shares of red, green and blue. */
  readonly ink: readonly [number, number, number]
}

/** x₀, y₀, x₁, y₁, … in shares of the pad's width and height. */
export type Stroke = readonly number[]

/** One sample on its way through a run's network. */
export interface Inspected extends Omit<Inspection, 'output'> {
  readonly run: RunId
  readonly part: 'training' | 'heldOut' | 'drawing'
  /** Within its part; undefined for a drawing. */
  readonly index: number | undefined
  /** Its class number; undefined for a drawing, and where there are no classes. */
  readonly label: number | undefined
  readonly task: Task
  /** Of the data's samples. */
  readonly shape: TensorShape
  /** Lowest and highest value of the data before standardisation. */
  readonly range: readonly [low: number, high: number]
  /** What went in, [height, width, channels], before standardisation. */
  readonly input: Float32Array
  readonly answer: Answer
}

/** What the network says, and what that is. */
interface Answer {
  /**
   * `probabilities` and `scores` by class, where a loss of values aims at 1 for the right one; `picture` in the data's
   * own shape and range, `values` too.
   */
  readonly kind: 'probabilities' | 'scores' | 'values' | 'picture'
  readonly values: Float32Array
  /** What `values` ought to be; undefined for a drawing. */
  readonly aim?: Float32Array
}

/** Samples of a page. */
export const THUMBNAILS = 12

/** Samples to choose from, beside the chosen one. */
export interface SamplePage {
  readonly run: RunId
  readonly part: 'training' | 'heldOut'
  /** Index of the first. */
  readonly first: number
  readonly count: number
  /** Of the part. */
  readonly total: number
  readonly task: Task
  readonly shape: TensorShape
  readonly range: readonly [low: number, high: number]
  /** [count, height, width, channels] before standardisation; empty where samples are no pictures. */
  readonly inputs: Float32Array
  /** [count] class numbers or [count, outputs]. */
  readonly targets: Float32Array
}
