import { useEffect, type ComponentType } from 'react'
import { MethodLink } from './MethodLink'
import styles from './MethodPage.module.css'
import { AllTerms } from './sections/AllTerms'
import { Columns } from './sections/Columns'
import { Comparing } from './sections/Comparing'
import { Definitions } from './sections/Definitions'
import { Delve } from './sections/Delve'
import { Errors } from './sections/Errors'
import { Lessons } from './sections/Lessons'
import { Limits } from './sections/Limits'
import { References } from './sections/References'

const sections: readonly { readonly id: string; readonly title: string; readonly Content: ComponentType }[] = [
  { id: 'definitions', title: 'Definitions', Content: Definitions },
  { id: 'columns', title: 'How a column is made', Content: Columns },
  { id: 'delve', title: 'Differences from Delve', Content: Delve },
  { id: 'errors', title: 'Measured errors', Content: Errors },
  { id: 'comparing', title: 'Runs compared', Content: Comparing },
  { id: 'limits', title: 'Limits', Content: Limits },
  { id: 'lessons', title: 'For lessons and other pages', Content: Lessons },
  { id: 'glossary', title: 'Glossary', Content: AllTerms },
  { id: 'references', title: 'References', Content: References },
]

/** What the numbers are, how they come about, and how far they can be trusted. @param section to begin at; “”: the top. */
export function MethodPage({ section }: { readonly section: string }) {
  useEffect(() => {
    if (section !== '') document.getElementById(headingId(section))?.scrollIntoView()
  }, [section])
  return (
    <div className={styles['page']}>
      <nav className={styles['contents']} aria-label="Contents">
        <ol>
          {sections.map(({ id, title }) => (
            <li key={id}>
              <MethodLink section={id}>{title}</MethodLink>
            </li>
          ))}
        </ol>
      </nav>
      <article className={styles['article']}>
        <h1 className={styles['title']}>Method</h1>
        <p className={styles['lead']}>
          What Saturascope measures, how, how it differs from the program that the published pictures were made with,
          and how far its numbers can be trusted.
        </p>
        {sections.map(({ id, title, Content }) => (
          <section key={id} aria-labelledby={headingId(id)}>
            <h2 id={headingId(id)} className={styles['heading']}>
              <MethodLink section={id}>{title}</MethodLink>
            </h2>
            <Content />
          </section>
        ))}
      </article>
    </div>
  )
}

function headingId(section: string): string {
  return `method-${section}`
}
