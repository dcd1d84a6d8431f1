import { activeRun } from '../../runs/contenders'
import { usePage } from '../pageContext'
import styles from './DataPreview.module.css'
import { describeInFull } from './describeData'
import { Thumbnails } from './Thumbnails'

/** What the network on screen learns from: a few images where it has any, and a line of figures. */
export function DataPreview() {
  const data = usePage((state) => activeRun(state)?.started.data)
  const kind = usePage((state) => activeRun(state)?.spec.data.kind)
  if (!data || !kind) return <div className={styles['waiting']} />
  return (
    <div className={styles['preview']}>
      <Thumbnails kind={kind} data={data} />
      {describeInFull(data).map((line) => (
        <p key={line} className={styles['figures']}>
          {line}
        </p>
      ))}
    </div>
  )
}
