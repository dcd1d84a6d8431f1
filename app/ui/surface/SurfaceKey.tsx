import type { StartedRun } from '../../runs/state'
import { formatTick } from '../charts/numbers'
import { cssColour } from '../charts/viridis'
import styles from './surface.module.css'
import { classColour, valueColour } from './surfaceColours'

interface SurfaceKeyProps {
  readonly task: StartedRun['data']['task']
  /** Largest absolute target. */
  readonly largest: number
}

/** What the colours and dots mean. */
export function SurfaceKey({ task, largest }: SurfaceKeyProps) {
  return (
    <div className={styles['key']}>
      {task.kind === 'classification' ? (
        task.classNames.map((name, index) => (
          <span key={name} className={styles['entry']}>
            <span className={styles['dot']} style={{ background: cssColour(classColour(index)) }} />
            {name}
          </span>
        ))
      ) : (
        <span className={styles['entry']}>
          {formatTick(Number((-largest).toPrecision(2)))}
          <span className={styles['bar']} style={{ background: `linear-gradient(to right, ${diverging(largest)})` }} />
          {formatTick(Number(largest.toPrecision(2)))}
        </span>
      )}
      <span className={styles['entry']}>
        <span className={styles['ring']} />
        held-out
      </span>
    </div>
  )
}

function diverging(largest: number): string {
  const [low, high] = [-largest, largest].map((value) => cssColour(valueColour(value, largest, [255, 255, 255])))
  return `${low}, var(--surface), ${high}`
}
