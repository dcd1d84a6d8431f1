import { sources, type SourceId } from './sources'

/** “K. Pearson: On lines …, 1901, Philosophical Magazine …”, leading to the publication's own page where it has one. */
export function Citation({ source }: { readonly source: SourceId }) {
  const { authors, year, title, published, link } = sources[source]
  return (
    <>
      {authors}:{' '}
      <cite>
        {link ? (
          <a href={link} target="_blank" rel="noreferrer">
            {title}
          </a>
        ) : (
          title
        )}
      </cite>
      , {year}. {published}
    </>
  )
}
