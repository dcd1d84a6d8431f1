/** Twin of shaders/shared/hash.wgsl, exact in every bit. */

/**
 * MurmurHash3 (x86, 32 bit; Appleby 2011) of little-endian 32-bit words.
 * @returns an unsigned 32-bit integer.
 */
export function hashWords(seed: number, words: readonly number[]): number {
  return finishHash(words.reduce(absorbWord, seed | 0), words.length * 4)
}

/** The state after another word; the state to begin with is the seed as a signed integer. */
export function absorbWord(state: number, word: number): number {
  const scrambled = Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593)
  return (Math.imul(rotateLeft(state ^ scrambled, 13), 5) + 0xe6546b64) | 0
}

/** @param bytes absorbed before, four per word. */
export function finishHash(state: number, bytes: number): number {
  let hash = state ^ bytes
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}
