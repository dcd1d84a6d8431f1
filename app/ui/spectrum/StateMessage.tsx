import { Term } from '../common/Term'
import type { TermId } from '../glossary/terms'
import styles from './spectrum.module.css'

const messages: Readonly<Record<'dead' | 'non-finite', Message>> = {
  dead: {
    title: 'Dead layer',
    term: 'dead',
    text: 'It gives the same activations for every sample, so there is no variance to share out.',
  },
  'non-finite': {
    title: 'NaN or infinity',
    term: 'nonFinite',
    text: 'At least one activation is not a finite number, so there is no covariance to take apart.',
  },
}

interface Message {
  readonly title: string
  readonly term: TermId
  readonly text: string
}

/** Why there is no spectrum at this step. */
export function StateMessage({ state }: { readonly state: keyof typeof messages }) {
  const { title, term, text } = messages[state]
  return (
    <div className={styles['message']} data-state={state}>
      <p className={styles['messageTitle']}>
        <Term name={title} id={term} />
      </p>
      <p>{text}</p>
    </div>
  )
}
