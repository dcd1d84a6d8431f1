type Numbers = Uint8Array | Float32Array | Float64Array

const FIRST_CAPACITY = 64

/**
 * A growing list of numbers in the smallest of byte, float32 and float64 that holds all of them exactly: a table of
 * pixels takes a byte each, one of timestamps keeps every digit.
 */
export class NumberList {
  #numbers: Numbers = new Uint8Array(FIRST_CAPACITY)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) this.#numbers = copyInto(this.#newArray(2 * this.#length), this.#numbers)
    this.#numbers[this.#length] = value
    if (this.#numbers[this.#length] !== value) this.#widen(value)
    this.#length++
  }

  at(index: number): number {
    return this.#numbers[index]!
  }

  #newArray(capacity: number): Numbers {
    if (this.#numbers instanceof Uint8Array) return new Uint8Array(capacity)
    return this.#numbers instanceof Float32Array ? new Float32Array(capacity) : new Float64Array(capacity)
  }

  #widen(value: number): void {
    const capacity = this.#numbers.length
    const fitsFloat32 = this.#numbers instanceof Uint8Array && Math.fround(value) === value
    this.#numbers = copyInto(fitsFloat32 ? new Float32Array(capacity) : new Float64Array(capacity), this.#numbers)
    this.#numbers[this.#length] = value
  }
}

function copyInto(target: Numbers, source: Numbers): Numbers {
  target.set(source)
  return target
}
