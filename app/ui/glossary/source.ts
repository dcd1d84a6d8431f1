/** A publication that a term or a method comes from. */
export interface Source {
  readonly authors: string
  readonly year: number
  readonly title: string
  /** Where it appeared. */
  readonly published: string
  /** The publication's own page; left out where there is no lasting one. */
  readonly link?: string
}

/** Of a preprint. */
export const arxiv = (id: string) => ({ published: `arXiv:${id}`, link: `https://arxiv.org/abs/${id}` })
/** Of what has a DOI. @param published where it appeared. */
export const doi = (published: string, id: string) => ({ published, link: `https://doi.org/${id}` })
