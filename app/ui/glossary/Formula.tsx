import { createElement, useMemo, type ReactNode } from 'react'
import styles from './Formula.module.css'
import { parseFormula, type FormulaNode } from './parseFormula'

interface FormulaProps {
  /** In the notation of parseFormula.ts. */
  readonly source: string
  /** On a line of its own: sums get their limits above and below. */
  readonly block?: boolean
}

/** A formula as MathML, which browsers set and screen readers read out. */
export function Formula({ source, block = false }: FormulaProps) {
  const tree = useMemo(() => parseFormula(source), [source])
  const display = block ? 'block' : 'inline'
  return createElement('math', { display, className: block ? styles['block'] : undefined }, renderNode(tree))
}

function renderNode(node: FormulaNode, key?: number): ReactNode {
  switch (node.kind) {
    case 'row':
      return createElement('mrow', { key }, node.children.flatMap(renderInRow))
    case 'identifier':
      return createElement('mi', { key }, node.text)
    case 'number':
      return createElement('mn', { key }, node.text)
    case 'operator':
      return createElement('mo', { key }, node.text)
    case 'text':
      return createElement('mtext', { key }, spaceWords(node.text, key))
    case 'hat': {
      const hat = createElement('mo', { stretchy: 'false' }, '^')
      return createElement('mover', { key, accent: 'true' }, renderNode(node.child), hat)
    }
    case 'fraction':
      return createElement('mfrac', { key }, renderNode(node.top), renderNode(node.bottom))
    case 'root':
      return createElement('msqrt', { key }, renderNode(node.child))
    case 'scripts':
      return renderScripts(node, key)
  }
}

/** A function’s name stands apart from what is beside it, unless that is a parenthesis or an operator. */
function renderInRow(node: FormulaNode, position: number, row: readonly FormulaNode[]): ReactNode[] {
  const [before, after] = [row[position - 1], row[position + 1]]
  const space = (side: string) => createElement('mspace', { key: `${side} ${position}`, width: '0.17em' })
  const isName = isFunctionName(node)
  return [
    isName && before && standsClose(before) && !isFunctionName(before) ? space('before') : null,
    renderNode(node, position),
    isName && after && standsClose(after) ? space('after') : null,
  ]
}

function isFunctionName(node: FormulaNode): boolean {
  return node.kind === 'identifier' && node.text.length > 1
}

function standsClose({ kind }: FormulaNode): boolean {
  return kind !== 'operator' && kind !== 'text' && kind !== 'row'
}

/** Words in a row keep their distance from what they stand between; alone, as an index, they need none. */
function spaceWords(words: string, position: number | undefined): string {
  if (position === undefined) return words
  return `${position > 0 ? '\u00a0' : ''}${words}\u00a0`
}

/** Limits of a sum stand below and above it, indices and powers beside what they belong to. */
function renderScripts({ base, below, above }: Extract<FormulaNode, { kind: 'scripts' }>, key?: number): ReactNode {
  const isSum = base.kind === 'operator' && base.text === '∑'
  const [lower, upper, both] = isSum ? ['munder', 'mover', 'munderover'] : ['msub', 'msup', 'msubsup']
  const scripts = [below, above].filter((script) => script !== undefined)
  const element = scripts.length === 2 ? both : below ? lower : upper
  return createElement(element ?? 'mrow', { key }, renderNode(base), ...scripts.map((script) => renderNode(script)))
}
