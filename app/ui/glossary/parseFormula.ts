/** A formula as a tree; rendered as MathML by Formula.tsx. */
export type FormulaNode =
  | { readonly kind: 'row'; readonly children: readonly FormulaNode[] }
  /** A variable or, of several letters, a function's name. */
  | { readonly kind: 'identifier' | 'number' | 'operator' | 'text'; readonly text: string }
  | { readonly kind: 'scripts'; readonly base: FormulaNode; readonly below?: FormulaNode; readonly above?: FormulaNode }
  | { readonly kind: 'fraction'; readonly top: FormulaNode; readonly bottom: FormulaNode }
  | { readonly kind: 'root' | 'hat'; readonly child: FormulaNode }

/**
 * Reads the notation of the glossary's formulas, which is legible as plain text, too: “k_δ = "smallest" k”,
 * “Σ_{i≤k} λ_i”, “x^2”, “frac{a}{b}”, “sqrt{x}”. Letters side by side are one name; quoted words are text.
 * Parentheses belong together: a power behind them is of all that is in them.
 * @throws Error naming the place, for a brace or parenthesis that is missing or an empty script.
 */
export function parseFormula(source: string): FormulaNode {
  const reader = new FormulaReader(source)
  const formula = reader.readRow()
  reader.expectEnd()
  return formula
}

/** Combines with the letter before it. */
const HAT = '\u0302'

const tokenPattern = /\s+|"[^"]*"|\p{L}\p{M}*(?:(?<=[A-Za-z])[A-Za-z]+)?|\d[\d.,]*|./gsu

class FormulaReader {
  readonly #source: string
  readonly #tokens: readonly string[]
  #next = 0

  constructor(source: string) {
    this.#source = source
    this.#tokens = (source.match(tokenPattern) ?? []).filter((token) => token.trim() !== '')
  }

  /** Everything up to a closing brace or parenthesis, or the end. */
  readRow(): FormulaNode {
    const children = this.#readUntilClosed()
    return children.length === 1 && children[0] ? children[0] : { kind: 'row', children }
  }

  expectEnd(): void {
    if (this.#peek() !== undefined) throw this.#fault(`“${this.#peek()}” closes nothing`)
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]
  }

  #readUntilClosed(): FormulaNode[] {
    const children: FormulaNode[] = []
    for (let token = this.#peek(); token !== undefined && token !== '}' && token !== ')'; token = this.#peek()) {
      children.push(this.#readScripted())
    }
    return children
  }

  #readScripted(): FormulaNode {
    const base = this.#readAtom()
    let below: FormulaNode | undefined
    let above: FormulaNode | undefined
    for (let mark = this.#peek(); mark === '_' || mark === '^'; mark = this.#peek()) {
      this.#next++
      if (mark === '_') below = this.#readAtom()
      else above = this.#readAtom()
    }
    return below || above ? { kind: 'scripts', base, ...(below && { below }), ...(above && { above }) } : base
  }

  #readAtom(): FormulaNode {
    const token = this.#peek()
    if (token === undefined || /^[})_^]$/.test(token)) {
      throw this.#fault(`something before “${token ?? 'the end'}” is missing`)
    }
    if (token === '{') return this.#readGroup()
    if (token === '(') return this.#readParenthesis()
    this.#next++
    if (token === 'frac') return { kind: 'fraction', top: this.#readGroup(), bottom: this.#readGroup() }
    if (token === 'sqrt') return { kind: 'root', child: this.#readGroup() }
    if (token.startsWith('"')) return { kind: 'text', text: token.slice(1, -1) }
    if (token === 'Σ') return { kind: 'operator', text: '∑' }
    if (token.endsWith(HAT)) return { kind: 'hat', child: { kind: 'identifier', text: token.slice(0, -1) } }
    if (/^\d/.test(token)) return { kind: 'number', text: token }
    return { kind: /^\p{L}/u.test(token) ? 'identifier' : 'operator', text: token }
  }

  #readGroup(): FormulaNode {
    this.#expect('{')
    const row = this.readRow()
    this.#expect('}')
    return row
  }

  /** One thing, so that a power of it stands beside the whole. */
  #readParenthesis(): FormulaNode {
    this.#expect('(')
    const inner = this.#readUntilClosed()
    this.#expect(')')
    return {
      kind: 'row',
      children: [{ kind: 'operator', text: '(' }, ...inner, { kind: 'operator', text: ')' }],
    }
  }

  #expect(token: string): void {
    if (this.#peek() !== token) throw this.#fault(`“${token}” is missing`)
    this.#next++
  }

  #fault(what: string): Error {
    const before = this.#tokens.slice(0, this.#next).join(' ')
    return new Error(`The formula “${this.#source}” cannot be read: ${what}, after “${before}”.`)
  }
}
