/** Stands for the prediction where a network's outputs are not numbers. */
export const NO_CLASS = 0xffff

/** How often samples of one class are taken for another. */
export interface ConfusionMatrix {
  readonly classes: number
  /** [classes, classes]: the row is the true class, the column the predicted one. */
  readonly counts: Uint32Array
  /** [classes] samples of each true class, those without a prediction (`NO_CLASS`) included. */
  readonly support: Uint32Array
}

/** What a confusion matrix comes to. A figure that has nothing to be a share of is NaN. */
export interface ConfusionFigures {
  /** Share of the samples whose class is predicted. */
  readonly accuracy: number
  /** [classes] of the samples of a class the share that is predicted as such. */
  readonly recall: Float64Array
  /** [classes] of the samples predicted as a class the share that is of it. */
  readonly precision: Float64Array
  /**
   * Mean over classes of F1 = 2·precision·recall/(precision + recall) = 2·hits/(samples + predictions); classes that
   * neither occur nor are predicted have none. J. Opitz and S. Burst (2019), “Macro F1 and Macro F1”, arXiv:1911.03347,
   * who recommend this one of the two that go by the name.
   */
  readonly macroF1: number
}

/** A kind of mistake. */
export interface Confusion {
  readonly truth: number
  readonly predicted: number
  readonly count: number
  /** Of the samples of the true class. */
  readonly share: number
}

/** @param truth and `predicted`: class numbers by sample. */
export function countConfusion(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ConfusionMatrix {
  const counts = new Uint32Array(classes * classes)
  const support = new Uint32Array(classes)
  for (let sample = 0; sample < truth.length; sample++) {
    support[truth[sample]!]!++
    if (predicted[sample] !== NO_CLASS) counts[truth[sample]! * classes + predicted[sample]!]!++
  }
  return { classes, counts, support }
}

export function confusionFigures({ classes, counts, support }: ConfusionMatrix): ConfusionFigures {
  const predictions = new Float64Array(classes)
  counts.forEach((count, cell) => (predictions[cell % classes]! += count))
  const hits = Float64Array.from({ length: classes }, (_, own) => counts[own * classes + own]!)
  const scores = [...hits].map((hit, own) => (2 * hit) / (support[own]! + predictions[own]!))
  const told = scores.filter((score) => !Number.isNaN(score))
  return {
    accuracy: sumOf(hits) / sumOf(support),
    recall: hits.map((hit, own) => hit / support[own]!),
    precision: hits.map((hit, own) => hit / predictions[own]!),
    macroF1: sumOf(told) / told.length,
  }
}

/** The kinds of mistake that are made most often, at most so many; among equals the classes' order decides. */
export function mostConfused({ classes, counts, support }: ConfusionMatrix, most: number): readonly Confusion[] {
  const mistakes: Confusion[] = []
  counts.forEach((count, cell) => {
    const truth = Math.floor(cell / classes)
    const predicted = cell % classes
    if (count > 0 && truth !== predicted) mistakes.push({ truth, predicted, count, share: count / support[truth]! })
  })
  return mistakes.toSorted((one, other) => other.count - one.count).slice(0, most)
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]!
  return sum
}
