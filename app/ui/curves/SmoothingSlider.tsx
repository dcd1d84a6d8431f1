import { useId, type CSSProperties } from 'react'
import { formatCount } from '../common/format'
import fields from '../common/fields.module.css'
import { NumberInput } from '../common/NumberInput'
import { sliderScale } from '../common/sliderScale'
import { useNumberDraft } from '../common/useNumberDraft'
import { useCommands, usePage } from '../pageContext'
import styles from './curves.module.css'
import { smoothingOver, stepsAveraged } from './smoothing'

/** How many steps are averaged: one to a thousand, evenly spaced by ratio. */
const limits = { min: 1, max: 1_000, integer: true }
const scale = sliderScale({ low: limits.min, high: limits.max, scale: 'logarithmic' }, 1, false)

/** The curves follow while it is dragged: smoothing is a way of looking and costs no run anything. */
export function SmoothingSlider() {
  const commands = useCommands()
  const faultId = useId()
  const averaged = stepsAveraged(usePage((state) => state.view.smoothing))
  const set = (steps: number) => commands.setView({ smoothing: smoothingOver(steps) })
  const draft = useNumberDraft({
    value: averaged,
    limits,
    step: 1,
    onCommit: (steps) => steps !== null && set(steps),
  })
  const position = scale.toPosition(averaged)
  const fill = { '--fill': `${((position - scale.low) / (scale.high - scale.low)) * 100}%` } as CSSProperties
  return (
    <span className={styles['smoothing']}>
      <span className={styles['averaged']} aria-hidden="true">
        mean of
      </span>
      <NumberInput
        label="Smoothing: steps averaged"
        className={styles['steps']}
        draft={draft}
        value={averaged}
        limits={limits}
        refused={false}
        faultId={faultId}
      />
      {draft.fault !== undefined && (
        <span id={faultId} role="alert" className={styles['fault']}>
          {draft.fault}
        </span>
      )}
      <span className={styles['averaged']} aria-hidden="true">
        {averaged === 1 ? 'step' : 'steps'}
      </span>
      <input
        type="range"
        className={fields['slider']}
        style={fill}
        aria-label="Smoothing"
        aria-valuetext={averaged > 1 ? `mean of ${formatCount(averaged)} steps` : 'not smoothed'}
        min={scale.low}
        max={scale.high}
        step={scale.step}
        value={position}
        onChange={(event) => set(scale.toValue(event.target.valueAsNumber))}
      />
    </span>
  )
}
