import type { Initialisation } from '../../experiment/spec'
import styles from './saturation.module.css'
import { describeStart, describeStartBriefly } from './startText'

/**
 * The axes, and what the run's weights started from: networks of equal accuracy differ threefold in saturation by
 * their initialisation alone, so that no saturation may be read without it.
 */
export function PanelNote({ initialisation }: { readonly initialisation: Initialisation | undefined }) {
  if (initialisation === undefined) return 'layers × steps'
  return (
    <>
      <span className={styles['wide']}>{`layers × steps · ${describeStart(initialisation)}`}</span>
      <span className={styles['brief']}>{describeStartBriefly(initialisation)}</span>
    </>
  )
}
