import { visuallyHidden } from '../common/visuallyHidden'
import { viridisPalette } from '../charts/viridis'
import { legendTicks } from '../saturation/colourScale'
import { typePixels } from '../theme/typeScale'
import styles from './confusion.module.css'

/** CSS pixels with usual type. */
const usualBarWidth = 160
const gradient = `linear-gradient(to right, ${viridisPalette(24).join(', ')})`

/** What the colours of the cells mean; always 0 to 100 %. */
export function ShareLegend() {
  const width = typePixels(usualBarWidth)
  return (
    <div className={styles['legend']}>
      <span>
        % of the true class
        <span className={visuallyHidden}>, dark violet at 0 % to yellow at 100 %</span>
      </span>
      <div className={styles['scale']} style={{ width }} aria-hidden="true">
        <div className={styles['bar']} style={{ background: gradient }} />
        {legendTicks('sqrt', usualBarWidth).map(({ share, position }) => (
          <span key={share} className={styles['stop']} style={{ left: position * width }}>
            {Math.round(share * 100)}
          </span>
        ))}
      </div>
    </div>
  )
}
