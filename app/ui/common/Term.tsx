import type { ReactNode } from 'react'
import { Popover } from './Popover'
import styles from './Term.module.css'

interface TermProps {
  readonly name: string
  /** One or two sentences for someone who has never met the word. */
  readonly children: ReactNode
}

/** A word that explains itself when asked: dotted underline, click or Enter opens the explanation. */
export function Term({ name, children }: TermProps) {
  return (
    <Popover label={`What is “${name}”?`} trigger={name} triggerClassName={styles['term']} width={280}>
      {children}
    </Popover>
  )
}
