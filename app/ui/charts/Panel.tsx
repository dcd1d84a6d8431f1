import { useId, type ReactNode, type RefObject } from 'react'
import { Term } from '../common/Term'
import { visuallyHidden } from '../common/visuallyHidden'
import type { TermId } from '../glossary/terms'
import styles from './Panel.module.css'
import { useThrottled } from './useThrottled'

/** Screen readers are told of a change at most this often; in between they can finish the sentence. */
const summaryEveryMillis = 4_000

interface PanelProps {
  readonly title: string
  /** The glossary's entry on what the panel shows. */
  readonly term?: TermId
  /** A few quiet words beside the title. */
  readonly note?: ReactNode
  /** Which step is shown, or other state that must stay in sight. */
  readonly status?: ReactNode
  readonly tools?: ReactNode
  /** Says what the charts show, in a sentence or two for people who do not see them; asked now and then. */
  readonly summarise: () => string
  readonly element: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** One chart panel: fills the box it is given, heading and tools on one line, the same for all four. */
export function Panel({ title, term, note, status, tools, summarise, element, children }: PanelProps) {
  const headingId = useId()
  const told = useThrottled(summarise, summaryEveryMillis)
  return (
    <section ref={element} className={styles['panel']} aria-labelledby={headingId}>
      <header className={styles['header']}>
        <h2 id={headingId} className={styles['title']}>
          {term ? <Term name={title} id={term} look="quiet" /> : title}
        </h2>
        {note !== undefined && <p className={styles['note']}>{note}</p>}
        {status !== undefined && <div className={styles['status']}>{status}</div>}
        {tools !== undefined && <div className={styles['tools']}>{tools}</div>}
      </header>
      <p className={visuallyHidden}>{told}</p>
      {children}
    </section>
  )
}
