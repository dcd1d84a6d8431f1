import { RandomStream } from '../experiment/random'
import type { HeldOut } from '../experiment/dataSpec'
import { DataError, formatQuantity } from './dataError'
import type { Split } from './samples'

/** For generated samples, which come in random order anyway: the last ones are held out. */
export function splitInOrder(heldOut: HeldOut, count: number): Split {
  const order = Uint32Array.from({ length: count }, (_, sample) => sample)
  return { order, trainingCount: count - countHeldOut(heldOut, count) }
}

/**
 * For samples from files, which may be sorted: a share is drawn at random, “the last n” are taken at their word.
 * Within each part the order of the file is kept.
 */
export function splitFileSamples(heldOut: HeldOut, count: number, seed: number): Split {
  if (typeof heldOut !== 'number') return splitInOrder(heldOut, count)
  const { order, trainingCount } = splitInOrder(heldOut, count)
  new RandomStream(seed, 'split').shuffle(order)
  order.subarray(0, trainingCount).sort()
  order.subarray(trainingCount).sort()
  return { order, trainingCount }
}

/** @throws DataError where nothing would be left to train on. */
function countHeldOut(heldOut: HeldOut, count: number): number {
  const wanted = typeof heldOut === 'number' ? Math.round(heldOut * count) : heldOut.last
  if (wanted < count) return wanted
  const asked = typeof heldOut === 'number' ? `a share of ${heldOut}` : `the last ${formatQuantity(wanted, 'sample')}`
  throw new DataError(
    `Holding out ${asked} leaves nothing to train on: there ${count === 1 ? 'is' : 'are'} only ` +
      `${formatQuantity(count, 'sample')}. Hold out fewer.`,
  )
}
