import { Definition } from '../../glossary/Definition'
import { terms, type TermId } from '../../glossary/terms'
import styles from '../MethodPage.module.css'

const sorted = (Object.keys(terms) as TermId[]).toSorted((one, other) =>
  terms[one].name.localeCompare(terms[other].name, 'en'),
)

/** Every word that the page explains, in the order of the alphabet. */
export function AllTerms() {
  return (
    <>
      <p>The words with a dotted line under them, here and on the page, open these entries.</p>
      <dl className={styles['glossary']}>
        {sorted.map((id) => (
          <div key={id}>
            <dt>{terms[id].name}</dt>
            <dd>
              <Definition term={id} about={terms[id].name} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
