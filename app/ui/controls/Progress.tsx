import { usePage } from '../pageContext'
import styles from './PlayBar.module.css'

/** Steps done of steps planned. */
export function Progress() {
  const step = usePage((state) => state.run?.step ?? 0)
  const plannedSteps = usePage((state) => state.run?.plannedSteps ?? 1)
  return <progress className={styles['track']} aria-label="Planned steps done" max={plannedSteps} value={step} />
}
