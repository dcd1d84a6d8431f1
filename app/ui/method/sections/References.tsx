import { Citation } from '../../glossary/Citation'
import { sources, type SourceId } from '../../glossary/sources'
import styles from '../MethodPage.module.css'

const sorted = (Object.keys(sources) as SourceId[]).toSorted((one, other) => {
  const [first, second] = [sources[one], sources[other]]
  return surname(first.authors).localeCompare(surname(second.authors), 'en') || first.year - second.year
})

/** All publications that this page and the glossary name, by first author. */
export function References() {
  return (
    <>
      <p>
        Saturation was proposed by Shenk, Richter, Arpteg and Huss and is computed for PyTorch by the program{' '}
        <a href="https://github.com/delve-team/delve" target="_blank" rel="noreferrer">
          Delve
        </a>
        .
      </p>
      <ul className={styles['references']}>
        {sorted.map((source) => (
          <li key={source}>
            <Citation source={source} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** “M. L. Richter, J. Shenk” → “Richter”. */
function surname(authors: string): string {
  return authors.replace(/^(?:\S\.[\s-]?)+/, '')
}
