import { Citation } from './Citation'
import styles from './Definition.module.css'
import { Formula } from './Formula'
import { terms, type TermId } from './terms'

interface DefinitionProps {
  readonly term: TermId
  /** What the words before it are about: the text begins with the term's name where that is another. */
  readonly about: string
}

/** What the glossary says of a term: words, formula and where it comes from. */
export function Definition({ term, about }: DefinitionProps) {
  const { name, text, formula, source } = terms[term]
  return (
    <>
      <p>
        {isAnother(name, about) && <strong>{capitalise(name)}. </strong>}
        {text}
      </p>
      {formula !== undefined && (
        <p className={styles['formula']}>
          {formula.split('\n').map((line) => (
            <Formula key={line} source={line} block />
          ))}
        </p>
      )}
      {source !== 'definition' && (
        <p className={styles['source']}>
          <Citation source={source} />
        </p>
      )}
    </>
  )
}

function isAnother(name: string, about: string): boolean {
  const [one, other] = [name, about].map((words) => words.toLowerCase().replaceAll('-', ' '))
  return one !== undefined && other !== undefined && !one.includes(other) && !other.includes(one)
}

function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
