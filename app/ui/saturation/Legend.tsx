import type { View } from '../../runs/state'
import { Segmented } from '../common/Segmented'
import { visuallyHidden } from '../common/visuallyHidden'
import { useCommands, usePage } from '../pageContext'
import { formatShare } from '../charts/numbers'
import { viridisPalette } from '../charts/viridis'
import { legendTicks } from './colourScale'
import styles from './saturation.module.css'

const barWidth = 196
const gradient = `linear-gradient(to right, ${viridisPalette(24).join(', ')})`

const scales: readonly { readonly value: View['colourScale']; readonly label: string; readonly title: string }[] = [
  { value: 'sqrt', label: '√', title: 'Square-root spacing: low saturations keep their differences' },
  { value: 'linear', label: 'linear', title: 'Even spacing from 0 to 100 %' },
]

/** What the colours mean; 0 to 100 % always, whatever the run. */
export function Legend() {
  const commands = useCommands()
  const colourScale = usePage((state) => state.view.colourScale)
  return (
    <div className={styles['legend']}>
      <span>
        saturation
        <span className={visuallyHidden}>, dark violet at 0 % to yellow at 100 %</span>
      </span>
      <div className={styles['scale']} style={{ width: barWidth }} aria-hidden="true">
        <div className={styles['bar']} style={{ background: gradient }} />
        {legendTicks(colourScale, barWidth).map(({ share, position }) => (
          <span key={share} className={styles['stop']} style={{ left: position * barWidth }}>
            {share === 1 ? formatShare(share) : Math.round(share * 100)}
          </span>
        ))}
      </div>
      <Segmented
        label="Colour spacing"
        value={colourScale}
        options={scales}
        onChange={(value) => commands.setView({ colourScale: value })}
      />
      <span className={styles['key']}>
        <span className={styles['hatch']} aria-hidden="true" />
        not measured
      </span>
    </div>
  )
}
