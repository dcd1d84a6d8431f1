import { layerWidth } from '../../experiment/layerNames'
import type { ExperimentSpec } from '../../experiment/spec'
import type { RunEvidence } from './evidence'

/**
 * Loss of a network that gives every class the same probability, or of one that answers with the mean; Infinity where
 * that cannot be told (the variance of regression targets is not known here).
 */
export function chanceLoss({ spec, task }: Pick<RunEvidence, 'spec' | 'task'>): number {
  if (task.kind === 'regression') return Infinity
  const { classes } = task
  const share = 1 / classes
  switch (spec.loss.kind) {
    case 'crossEntropy':
      return Math.log(classes)
    case 'binaryCrossEntropy':
      // One output decides between two classes; several each tell one class from the rest.
      return binaryEntropy(outputWidth(spec) === 1 ? 0.5 : share)
    case 'meanSquaredError':
      return share * (1 - share)
  }
}

function outputWidth({ layers }: ExperimentSpec): number | undefined {
  const output = layers.at(-1)
  return output && layerWidth(output)
}

function binaryEntropy(share: number): number {
  return -share * Math.log(share) - (1 - share) * Math.log(1 - share)
}
