import type { CSSProperties } from 'react'
import { formatCount } from '../common/format'
import fields from '../common/fields.module.css'
import { sliderScale } from '../common/sliderScale'
import { useCommands, usePage } from '../pageContext'
import styles from './curves.module.css'
import { smoothingOver, stepsAveraged } from './smoothing'

/** How many steps are averaged: one to a thousand, evenly spaced by ratio. */
const scale = sliderScale({ low: 1, high: 1_000, scale: 'logarithmic' }, 1, false)

/** The curves follow while it is dragged: smoothing is a way of looking and costs no run anything. */
export function SmoothingSlider() {
  const commands = useCommands()
  const averaged = stepsAveraged(usePage((state) => state.view.smoothing))
  const position = scale.toPosition(averaged)
  const words = averaged > 1 ? `mean of ${formatCount(averaged)} steps` : 'not smoothed'
  const fill = { '--fill': `${((position - scale.low) / (scale.high - scale.low)) * 100}%` } as CSSProperties
  return (
    <span className={styles['smoothing']}>
      <span className={styles['averaged']} aria-hidden="true">
        {words}
      </span>
      <input
        type="range"
        className={fields['slider']}
        style={fill}
        aria-label="Smoothing"
        aria-valuetext={words}
        min={scale.low}
        max={scale.high}
        step={scale.step}
        value={position}
        onChange={(event) => commands.setView({ smoothing: smoothingOver(scale.toValue(event.target.valueAsNumber)) })}
      />
    </span>
  )
}
