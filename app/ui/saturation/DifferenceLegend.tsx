import { useMemo } from 'react'
import type { Letter } from '../../runs/state'
import { joinClasses } from '../common/joinClasses'
import { visuallyHidden } from '../common/visuallyHidden'
import { tokensOf, useThemeKey } from '../charts/theme'
import { usePage } from '../pageContext'
import { typePixels } from '../theme/typeScale'
import { ColourSpacing } from './ColourSpacing'
import { differencePalette, differenceTicks } from './differenceScale'
import { formatLegendPoints } from './differenceText'
import styles from './saturation.module.css'

/** CSS pixels with usual type. */
const usualBarWidth = 268

/** What the colours of differences mean; −100 to +100 points always, whatever the runs. */
export function DifferenceLegend({ baseline }: { readonly baseline: Letter }) {
  const colourScale = usePage((state) => state.view.colourScale)
  const themeKey = useThemeKey()
  const barWidth = typePixels(usualBarWidth)
  const background = useMemo(
    () => `linear-gradient(to right, ${differencePalette(tokensOf(themeKey), 25).join(', ')})`,
    [themeKey],
  )
  return (
    <div className={styles['legend']}>
      <span>
        points more or less than {baseline}
        <span className={visuallyHidden}>, blue where less, no hue where equal, orange where more</span>
      </span>
      <div className={joinClasses(styles['scale'], styles['signed'])} style={{ width: barWidth }} aria-hidden="true">
        <div className={styles['bar']} style={{ background }} />
        {differenceTicks(colourScale, usualBarWidth).map(({ points, position }) => (
          <span key={points} className={styles['stop']} style={{ left: position * barWidth }}>
            {formatLegendPoints(points)}
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
}
