/** Twin of shaders/shared/permutation.wgsl, exact in every bit. */

const FEISTEL_ROUNDS = 6

/** “lowbias32” of Chris Wellons' hash prospector. */
function permutationHash(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

function feistel(value: number, halfBits: number, key: number): number {
  const mask = 2 ** halfBits - 1
  let left = value >>> halfBits
  let right = value & mask
  for (let round = 0; round < FEISTEL_ROUNDS; round++) {
    const roundKey = (key + Math.imul(round, 0x85ebca6b)) | 0
    const next = left ^ (permutationHash(Math.imul(right, 0x9e3779b1) ^ roundKey) & mask)
    left = right
    right = next
  }
  return ((left << halfBits) | right) >>> 0
}

/** Half the bits of the Feistel network's domain: the smallest h ≥ 1 with 4^h ≥ `count`. */
export function permutationHalfBits(count: number): number {
  let halfBits = 1
  while (4 ** halfBits < count) halfBits++
  return halfBits
}

/**
 * Row of the sample at `position` of an epoch: for each (seed, epoch) a bijection of [0, count).
 * @param seed unsigned 32-bit.
 */
export function permutedRow(position: number, count: number, seed: number, epoch: number): number {
  const halfBits = permutationHalfBits(count)
  const key = permutationHash(seed ^ permutationHash((epoch + 0x9e3779b9) | 0))
  let value = feistel(position, halfBits, key)
  while (value >= count) value = feistel(value, halfBits, key)
  return value
}

/**
 * Rows of a batch that starts `epochOffset` samples into `epoch`; runs on into the next epochs where one ends.
 * @param rows receives the row numbers; its length is the batch size.
 */
export function batchRows(
  rows: Uint32Array,
  count: number,
  seed: number,
  start: { readonly epoch: number; readonly epochOffset: number },
): void {
  for (let index = 0; index < rows.length; index++) {
    const position = start.epochOffset + index
    rows[index] = permutedRow(position % count, count, seed, start.epoch + Math.floor(position / count))
  }
}
