import { NumberList } from './numberList'

/** A class target may have so many values; a column of texts with more is not kept whole. */
export const MAX_CLASSES = 1000

/** One column of a table, row by row: numbers, and texts where a cell is no number. */
export class Column {
  readonly name: string
  /** 0 where the cell is a text. */
  readonly #numbers = new NumberList()
  /** 1 + the text's place in `#texts`, 0 for a number; reaches only as far as the last text. */
  readonly #textCodes = new NumberList()
  readonly #texts: string[] = []
  readonly #codeOfText = new Map<string, number>()
  #firstText: { readonly row: number; readonly text: string } | undefined

  constructor(name: string) {
    this.name = name
  }

  /** The first cell that is no number, and its row in the file, counted from 1. */
  get firstText(): { readonly row: number; readonly text: string } | undefined {
    return this.#firstText
  }

  pushNumber(value: number): void {
    this.#numbers.push(value)
  }

  /** Beyond `MAX_CLASSES` + 1 different texts, which is enough to refuse the column, all further ones count as the last. */
  pushText(text: string, row: number): void {
    this.#firstText ??= { row, text }
    while (this.#textCodes.length < this.#numbers.length) this.#textCodes.push(0)
    this.#numbers.push(0)
    this.#textCodes.push(this.#codeOf(text))
  }

  numberAt(index: number): number {
    return this.#numbers.at(index)
  }

  valueAt(index: number): number | string {
    const code = index < this.#textCodes.length ? this.#textCodes.at(index) : 0
    return code === 0 ? this.#numbers.at(index) : this.#texts[code - 1]!
  }

  /** The different values, numbers ascending and then texts in alphabetical order; at most `MAX_CLASSES` + 1 of them. */
  distinctValues(): readonly (number | string)[] {
    const seen = new Set<number | string>()
    for (let index = 0; index < this.#numbers.length && seen.size <= MAX_CLASSES; index++) seen.add(this.valueAt(index))
    return [...seen].toSorted(compareValues)
  }

  #codeOf(text: string): number {
    const known = this.#codeOfText.get(text)
    if (known !== undefined) return known
    if (this.#texts.length > MAX_CLASSES) return this.#texts.length
    this.#texts.push(text)
    this.#codeOfText.set(text, this.#texts.length)
    return this.#texts.length
  }
}

function compareValues(one: number | string, other: number | string): number {
  if (typeof one === 'number') return typeof other === 'number' ? one - other : -1
  if (typeof other === 'number') return 1
  return one < other ? -1 : 1
}
