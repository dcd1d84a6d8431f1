import type { CSSProperties } from 'react'
import { usePage } from '../pageContext'
import styles from './PlayBar.module.css'

/** Steps done of steps planned. */
export function Progress() {
  const step = usePage((state) => state.run?.step ?? 0)
  const plannedSteps = usePage((state) => state.run?.plannedSteps ?? 1)
  const fill = { '--done': Math.min(1, step / plannedSteps) } as CSSProperties
  return (
    <div
      role="progressbar"
      aria-label="Planned steps done"
      aria-valuemin={0}
      aria-valuemax={plannedSteps}
      aria-valuenow={step}
      className={styles['track']}
    >
      <div className={styles['fill']} style={fill} />
    </div>
  )
}
