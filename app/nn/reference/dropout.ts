import { absorbWord, finishHash } from './hash'

/** Everything a dropout mask depends on: the same numbers give the same mask in the forward and the backward pass. */
export interface Dropout {
  /** Share of elements set to zero, 0 ≤ rate < 1. */
  readonly rate: number
  /** The run's seed, unsigned 32-bit. */
  readonly seed: number
  /** Id of the layer. */
  readonly layer: number
  /** Updates done before this one. */
  readonly step: number
  /** Rows that share their mask: 1 by default, or the positions of an image whose channels are dropped whole. */
  readonly rowsPerMask?: number
}

/** The largest hash that drops its element, plus one: an integer, so that CPU and GPU agree on every element. */
export function dropoutThreshold(rate: number): number {
  return Math.min(0xffffffff, Math.round(rate * 2 ** 32))
}

/**
 * The mask of one layer at one step.
 * @param width of a row.
 * @returns for element row · width + column either 0 or 1 / (1 − rate); undefined where nothing is dropped.
 */
export function dropoutMask(dropout: Dropout | undefined, width: number): ((element: number) => number) | undefined {
  if (!dropout || dropout.rate === 0) return undefined
  const threshold = dropoutThreshold(dropout.rate)
  const scale = 1 / (1 - dropout.rate)
  const state = absorbWord(absorbWord(dropout.seed | 0, dropout.layer), dropout.step)
  const kept = (element: number): number => (finishHash(absorbWord(state, element), 12) >= threshold ? scale : 0)
  const { rowsPerMask = 1 } = dropout
  if (rowsPerMask === 1) return kept
  return (element) => kept(Math.floor(element / width / rowsPerMask) * width + (element % width))
}
