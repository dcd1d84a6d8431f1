import { goalOf } from '../../experiment/goal'
import { layerWidth } from '../../experiment/layerNames'
import type { ExperimentSpec } from '../../experiment/spec'
import type { RunEvidence } from './evidence'

/**
 * Loss of a network that gives every class the same probability, or of one that answers with the mean; Infinity where
 * that cannot be told (the variance of regression targets is not known here).
 */
export function chanceLoss({ spec, task, shape }: Pick<RunEvidence, 'spec' | 'task' | 'shape'>): number {
  const goal = goalOf(spec.loss, { task, shape })
  if (goal.kind === 'regression') return Infinity
  if (goal.kind === 'reconstruction') return meanSampleLoss(spec)
  const { classes } = goal
  const share = 1 / classes
  switch (spec.loss.kind) {
    case 'crossEntropy':
      return Math.log(classes)
    case 'binaryCrossEntropy':
      // One output decides between two classes; several each tell one class from the rest.
      return binaryEntropy(outputWidth(spec) === 1 ? 0.5 : share)
    default:
      return share * (1 - share)
  }
}

/** Samples as they are have a variance that is not known here; features that never change have none whatever is done. */
function meanSampleLoss({ data: { standardise } }: ExperimentSpec): number {
  return standardise === 'dataset' || standardise === 'channel' ? 1 : Infinity
}

function outputWidth({ layers }: ExperimentSpec): number | undefined {
  const output = layers.at(-1)
  return output && layerWidth(output)
}

function binaryEntropy(share: number): number {
  return -share * Math.log(share) - (1 - share) * Math.log(1 - share)
}
