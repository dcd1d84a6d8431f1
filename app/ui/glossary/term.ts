import type { SourceId } from './sources'

/** What the glossary says of one word of the page. */
export interface Term {
  /** As in running text: “effective rank”. */
  readonly name: string
  /** One or two plain sentences for someone who has never met the word. */
  readonly text: string
  /** In the notation of parseFormula.ts; several on lines of their own. */
  readonly formula?: string
  /** Where it comes from; “definition” where the words define it, or usage is older than any one paper. */
  readonly source: SourceId | 'definition'
}
