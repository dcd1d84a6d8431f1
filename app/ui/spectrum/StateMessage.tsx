import styles from './spectrum.module.css'

const messages = {
  dead: {
    title: 'Dead layer',
    text: 'It gives the same activations for every sample, so there is no variance to share out.',
  },
  'non-finite': {
    title: 'NaN or infinity',
    text: 'At least one activation is not a finite number, so there is no covariance to take apart.',
  },
}

/** Why there is no spectrum at this step. */
export function StateMessage({ state }: { readonly state: keyof typeof messages }) {
  const { title, text } = messages[state]
  return (
    <div className={styles['message']} data-state={state}>
      <p className={styles['messageTitle']}>{title}</p>
      <p>{text}</p>
    </div>
  )
}
