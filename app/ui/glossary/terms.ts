import { confusionTerms } from './confusionTerms'
import { imageTerms } from './imageTerms'
import { learningTerms } from './learningTerms'
import { measuringTerms } from './measuringTerms'
import type { Term } from './term'

const table = { ...measuringTerms, ...learningTerms, ...confusionTerms, ...imageTerms }

export type TermId = keyof typeof table

/**
 * Every word of the page that has to be explained: the one place where it is. Only its type may be imported by what
 * loads with the page; the texts come when somebody first asks (Term.tsx).
 */
export const terms: Readonly<Record<TermId, Term>> = table
