import { useEffect, useId, useRef, type ReactNode, type RefObject } from 'react'
import { RunMark } from '../compare/RunMark'
import { usePage } from '../pageContext'
import styles from './Section.module.css'

interface SectionProps {
  readonly title: string
  /** A few quiet words at the end of the heading's line. */
  readonly note?: ReactNode
  /** A button there instead. */
  readonly action?: ReactNode
  readonly element?: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** One part of the workbench, and of several runs whose it is: what matters in plain sight, the rest behind `More`. */
export function Section({ title, note, action, element, children }: SectionProps) {
  const headingId = useId()
  // Of a run that is alone nobody has to be told whose settings these are.
  const edited = usePage(({ contenders, active }) => (contenders.length > 1 ? active : undefined))
  return (
    <section ref={element} className={styles['section']} aria-labelledby={headingId}>
      <header className={styles['header']}>
        <h2 id={headingId} className={styles['title']}>
          {title}
          {edited !== undefined && (
            <>
              {' · '}
              <RunMark letter={edited} />
            </>
          )}
        </h2>
        {note !== undefined && <p className={styles['note']}>{note}</p>}
        {action}
      </header>
      {children}
    </section>
  )
}

interface MoreProps {
  readonly label: string
  /** Whether there is something in it to be seen, as a fault: it then opens by itself. */
  readonly isNews?: boolean
  readonly children: ReactNode
}

/** Settings a newcomer need not meet. */
export function More({ label, isNews = false, children }: MoreProps) {
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (isNews && details.current) details.current.open = true
  }, [isNews])
  return (
    <details ref={details} className={styles['more']}>
      <summary className={styles['summary']}>{label}</summary>
      <div className={styles['body']}>{children}</div>
    </details>
  )
}
