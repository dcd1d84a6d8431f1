import { memo } from 'react'
import { visuallyHidden } from '../common/visuallyHidden'
import { usePage } from '../pageContext'
import { formatShare } from '../charts/numbers'
import { viridisPalette } from '../charts/viridis'
import { typePixels } from '../theme/typeScale'
import { ColourSpacing } from './ColourSpacing'
import { legendTicks } from './colourScale'
import styles from './saturation.module.css'

/** CSS pixels with usual type. */
const usualBarWidth = 196
const gradient = `linear-gradient(to right, ${viridisPalette(24).join(', ')})`

/** What the colours mean; 0 to 100 % always, whatever the run. */
export const Legend = memo(function Legend() {
  const barWidth = typePixels(usualBarWidth)
  const colourScale = usePage((state) => state.view.colourScale)
  return (
    <div className={styles['legend']}>
      <span>
        saturation
        <span className={visuallyHidden}>, dark violet at 0 % to yellow at 100 %</span>
      </span>
      <div className={styles['scale']} style={{ width: barWidth }} aria-hidden="true">
        <div className={styles['bar']} style={{ background: gradient }} />
        {legendTicks(colourScale, usualBarWidth).map(({ share, position }) => (
          <span key={share} className={styles['stop']} style={{ left: position * barWidth }}>
            {share === 1 ? formatShare(share) : Math.round(share * 100)}
          </span>
        ))}
      </div>
      <ColourSpacing />
      <span className={styles['key']}>
        <span className={styles['hatch']} aria-hidden="true" />
        not measured
      </span>
    </div>
  )
})
