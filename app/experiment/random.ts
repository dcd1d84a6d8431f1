/**
 * Seeded random numbers that are the same on every machine and in every browser: only integer arithmetic and the
 * float64 operations that IEEE 754 defines to the last bit, so no Math.log and no Math.cos.
 */

/**
 * A stream of random numbers named by a seed and a purpose. Streams of different names are independent, so drawing
 * more numbers for one purpose (“data”) never shifts those of another (“split”).
 *
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand): 96 bits of state and a 32-bit counter.
 */
export class RandomStream {
  readonly #state: Int32Array
  #spareNormal: number | undefined

  /** @param purpose what the numbers are for, as in ('weights', layerId) */
  constructor(seed: number, ...purpose: readonly (string | number)[]) {
    this.#state = seedState(seed, purpose)
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.uint32()
  }

  /** An integer of [0, 2³²). */
  uint32(): number {
    const state = this.#state
    const b = state[1]!
    const c = state[2]!
    const counter = state[3]!
    const result = (state[0]! + b + counter) | 0
    state[3] = counter + 1
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + result
    return result >>> 0
  }

  /** A multiple of (high − low)·2⁻³² in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.uint32() * TWO_TO_MINUS_32)
  }

  /** An integer of [0, below), every one equally likely. */
  integer(below: number): number {
    const unbiasedLimit = 2 ** 32 - (2 ** 32 % below)
    for (;;) {
      const drawn = this.uint32()
      if (drawn < unbiasedLimit) return drawn % below
    }
  }

  /** Normally distributed, by Marsaglia's polar method; pairs are drawn together and the second is kept. */
  normal(mean = 0, deviation = 1): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal
      this.#spareNormal = undefined
      return mean + deviation * spare
    }
    for (;;) {
      const x = this.uniform(-1, 1)
      const y = this.uniform(-1, 1)
      const square = x * x + y * y
      if (square >= 1 || square === 0) continue
      const factor = Math.sqrt((-2 * naturalLogarithm(square)) / square)
      this.#spareNormal = y * factor
      return mean + deviation * (x * factor)
    }
  }

  /** Puts the items into a random order, in place; every order is equally likely (Fisher–Yates). */
  shuffle(items: Uint32Array): void {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1)
      const moved = items[last]!
      items[last] = items[other]!
      items[other] = moved
    }
  }
}

const TWO_TO_MINUS_32 = 2 ** -32
/** After 12 rounds every bit of the seed has reached every bit of the state (the count PractRand's sfc uses). */
const WARM_UP_ROUNDS = 12

/** Four words from everything that names the stream; two hashes of different start make 64 bits that differ. */
function seedState(seed: number, purpose: readonly (string | number)[]): Int32Array {
  let low = absorbWord(0x9e3779b9, seed)
  let high = absorbWord(0x243f6a88, seed)
  for (const part of purpose) {
    // Length and type first, so that ('a', 'b') and ('ab') or (1) and ('1') name different streams.
    const words = typeof part === 'number' ? [1, part] : [2, part.length, ...codeUnits(part)]
    for (const word of words) {
      low = absorbWord(low, word)
      high = absorbWord(high, word)
    }
  }
  return Int32Array.of(low, high, absorbWord(low, high), 1)
}

function codeUnits(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}

/** One step of splitmix32 (the 32-bit form of Steele, Lea and Flood's generator) over a running hash. */
function absorbWord(hash: number, word: number): number {
  let mixed = (Math.imul(hash ^ word, 0x85ebca6b) + 0x9e3779b9) | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
  return mixed ^ (mixed >>> 15)
}

const exponentAndFraction = new DataView(new ArrayBuffer(8))

/**
 * ln(x) of a positive normal float64, within 4 units in the last place: x = m·2ᵉ with m in [√½, √2), then
 * ln m = 2·artanh((m−1)/(m+1)) as a series, whose terms fall below 2⁻⁵³ after the eleventh.
 */
function naturalLogarithm(x: number): number {
  exponentAndFraction.setFloat64(0, x)
  const highWord = exponentAndFraction.getUint32(0)
  let exponent = (highWord >>> 20) - 1023
  exponentAndFraction.setUint32(0, (highWord & 0x000fffff) | 0x3ff00000)
  let fraction = exponentAndFraction.getFloat64(0)
  if (fraction > Math.SQRT2) {
    fraction /= 2
    exponent++
  }
  const ratio = (fraction - 1) / (fraction + 1)
  const square = ratio * ratio
  let series = 0
  for (let power = 21; power >= 1; power -= 2) series = series * square + 1 / power
  return exponent * Math.LN2 + 2 * ratio * series
}
