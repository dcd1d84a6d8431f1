import { useMemo } from 'react'
import { writeRaceLink } from '../../experiment/raceLink'
import { activeDraft } from '../../runs/contenders'
import { usePage } from '../pageContext'
import { useSameList } from '../saturation/useSameList'
import styles from './OpenWhole.module.css'
import { validSpec } from '../../runs/draftFaults'
import { wholeAddress } from './wholeAddress'

/** Below embedded heatmaps: the same experiments on the whole page, in a tab of its own. */
export function OpenWhole() {
  const name = usePage((state) => activeDraft(state).spec.name)
  // Contenders change with every frame, what they compute seldom.
  const specs = useSameList(usePage((state) => state.contenders).map(validSpec))
  const address = useMemo(() => wholeAddress(window.location.href, writeRaceLink(specs)), [specs])
  return (
    <footer className={styles['footer']}>
      <span className={styles['name']}>{name}</span>
      <a href={address} target="_blank" rel="noopener">
        Open in Saturascope
      </a>
    </footer>
  )
}
