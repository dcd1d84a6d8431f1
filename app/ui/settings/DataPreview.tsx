import { activeRun } from '../../runs/contenders'
import { usePage } from '../pageContext'
import styles from './DataPreview.module.css'
import { describeData } from './describeData'
import { Thumbnails } from './Thumbnails'

/** What the network on screen learns from: a few images where it has any, and a line of figures. */
export function DataPreview() {
  const data = usePage((state) => activeRun(state)?.started.data)
  if (!data) return <div className={styles['waiting']} />
  return (
    <div className={styles['preview']}>
      <Thumbnails data={data} />
      {[describeData(data), ...data.notes].map((line) => (
        <p key={line} className={styles['figures']}>
          {line}
        </p>
      ))}
    </div>
  )
}
