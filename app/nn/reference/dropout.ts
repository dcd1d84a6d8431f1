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
  const state = absorb(absorb(dropout.seed | 0, dropout.layer), dropout.step)
  const kept = (element: number): number => (finish(absorb(state, element), 12) >= threshold ? scale : 0)
  const { rowsPerMask = 1 } = dropout
  if (rowsPerMask === 1) return kept
  return (element) => kept(Math.floor(element / width / rowsPerMask) * width + (element % width))
}

/**
 * MurmurHash3 (x86, 32 bit; Appleby 2011) of little-endian 32-bit words, twin of `hash_absorb` and
 * `hash_finish` in shaders/shared/dropout.wgsl, which hash (layer, step, element).
 * @returns an unsigned 32-bit integer.
 */
export function hashWords(seed: number, words: readonly number[]): number {
  return finish(words.reduce(absorb, seed | 0), words.length * 4)
}

function absorb(state: number, word: number): number {
  const scrambled = Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
  return (Math.imul(rotateLeft(state ^ scrambled, 13), 5) + 0xe6546b64) | 0
}

function finish(state: number, bytes: number): number {
  let hash = state ^ bytes
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
