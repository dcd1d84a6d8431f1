import { sources, type SourceId } from '../../glossary/sources'

/** “(Chan and others 1982)”, leading to the entry among the references. */
export function Cite({ of }: { readonly of: SourceId }) {
  const { authors, year } = sources[of]
  const surnames = authors.split(', ').map((author) => author.replace(/^(?:\S\.[\s-]?)+/, ''))
  const names = surnames.length > 2 ? `${surnames[0]} and others` : surnames.join(' and ')
  return `(${names} ${year})`
}
