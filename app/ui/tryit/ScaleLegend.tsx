import { formatMeasure } from '../charts/numbers'
import { scaleGradient, type MapScale } from './mapColours'
import styles from './tryIt.module.css'

const gradients = { positive: scaleGradient('positive'), signed: scaleGradient('signed') } as const

/** What the colours of one layer mean. */
export function ScaleLegend({ scale }: { readonly scale: MapScale }) {
  return (
    <span className={styles['legend']}>
      <span>{formatMeasure(scale.low)}</span>
      <span className={styles['gradient']} style={{ background: gradients[scale.kind] }} />
      <span>{formatMeasure(scale.high)}</span>
    </span>
  )
}
