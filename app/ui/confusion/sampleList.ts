import { NO_CLASS } from '../../metrics/confusion'
import type { Predictions } from '../../runs/state'

/** A kind of answer: samples of one class that the network takes for another, or rightly for what they are. */
export interface CellPlace {
  readonly truth: number
  readonly predicted: number
}

/** Which samples are shown: those of a cell, or all that the network is wrong about. */
export type Selection = CellPlace | 'mistakes'

/** Samples in their order, as places in the arrays of `predictions`: those the network is surest of first. */
export function listSamples(predictions: Predictions, selection: Selection): readonly number[] {
  const { truth, predicted, confidence } = predictions
  const listed: number[] = []
  truth.forEach((own, sample) => {
    const isListed =
      selection === 'mistakes'
        ? predicted[sample] !== own
        : own === selection.truth && predicted[sample] === selection.predicted
    if (isListed) listed.push(sample)
  })
  // What is not a number is no confidence.
  const sureness = (sample: number): number => (predicted[sample] === NO_CLASS ? -Infinity : (confidence[sample] ?? 0))
  return listed.toSorted((one, other) => compare(sureness(other), sureness(one)))
}

/** Equal ones, infinite ones too, stay in their order. */
function compare(one: number, other: number): number {
  return one > other ? 1 : one < other ? -1 : 0
}

/** A sample and what the network makes of it. */
export interface JudgedSample {
  /** In its part of the data, in the order of the data set. */
  readonly position: number
  readonly truth: number
  /** `NO_CLASS` where the outputs are not numbers. */
  readonly predicted: number
  readonly confidence: number
  readonly truthScore: number
}

/** @param sample its place in the arrays of `predictions`. */
export function judgedSample(predictions: Predictions, sample: number): JudgedSample {
  const { positions, truth, predicted, confidence, truthScore } = predictions
  return {
    position: positions[sample]!,
    truth: truth[sample]!,
    predicted: predicted[sample]!,
    confidence: confidence[sample]!,
    truthScore: truthScore[sample]!,
  }
}

/** A sample as it is shown: what the network of a step made of it, and what it looks like. */
export interface ShownSample extends JudgedSample {
  readonly step: number
  /** [height, width, channels] or [features], before standardisation; undefined while it is on its way. */
  readonly inputs: Float32Array | undefined
}
