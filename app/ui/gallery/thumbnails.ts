import recorded from './thumbnails.json'

/** What the runs of a preset looked like, recorded by `npm run thumbnails`. */
export interface Thumbnail extends RecordedRun {
  /** What races beside it. */
  readonly against?: RecordedRun
}

export interface RecordedRun {
  /** Tells of which spec: a preset that was changed since needs another recording. */
  readonly spec: string
  /** At the end of the run; for regression there is no accuracy. */
  readonly heldOut: { readonly loss: number; readonly accuracy?: number }
  readonly layers: readonly RecordedLayer[]
}

/** A measured layer over the run. */
export interface RecordedLayer {
  readonly name: string
  /** d */
  readonly width: number
  /** k of evenly spaced columns from step 0 to the last, “64 52 47”. */
  readonly directions: string
}

/** By id of the preset. */
export const thumbnails: Readonly<Record<string, Thumbnail | undefined>> = recorded

/** k of every column, oldest first. */
export function directionsOf(layer: RecordedLayer): readonly number[] {
  return layer.directions.split(' ').map(Number)
}
