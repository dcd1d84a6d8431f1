import { RandomStream } from '../experiment/random'
import { formatCount, formatQuantity } from './dataError'

/**
 * Replaces a share of the training labels, in place, by labels drawn evenly from all classes, so that one in
 * `classes` of them stays right by chance (as in Zhang et al. 2017, “Understanding deep learning requires rethinking
 * generalization”). Exactly round(share·trainingCount) labels are drawn anew.
 *
 * @returns what to tell the user
 */
export function randomiseLabels(
  labels: Float32Array,
  trainingCount: number,
  options: { readonly share: number; readonly classes: number; readonly seed: number },
): readonly string[] {
  const random = new RandomStream(options.seed, 'labelNoise')
  const chosen = Uint32Array.from({ length: trainingCount }, (_, row) => row)
  random.shuffle(chosen)
  const count = Math.round(options.share * trainingCount)
  let changed = 0
  for (const row of chosen.subarray(0, count)) {
    const label = random.integer(options.classes)
    if (label !== labels[row]) changed++
    labels[row] = label
  }
  if (count === 0) return []
  return [
    `${formatQuantity(count, 'training label')} replaced by random ones, ${formatCount(changed)} of them wrong now.`,
  ]
}
