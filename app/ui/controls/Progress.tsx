import { leadingRun } from '../../runs/contenders'
import { usePage } from '../pageContext'
import styles from './PlayBar.module.css'

/** Steps done of steps planned. */
export function Progress() {
  const step = usePage((state) => leadingRun(state)?.step ?? 0)
  const plannedSteps = usePage((state) => leadingRun(state)?.plannedSteps ?? 1)
  return <progress className={styles['track']} aria-label="Planned steps done" max={plannedSteps} value={step} />
}
