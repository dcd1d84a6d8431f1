import styles from './visuallyHidden.module.css'

/** Class of text that screen readers read and nobody sees. */
export const visuallyHidden = styles['hidden']
