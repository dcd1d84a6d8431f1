import { useEffect, useRef, useState, type CSSProperties } from 'react'
import { formatSetting } from './format'
import styles from './fields.module.css'

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  /** `log` needs min > 0. Values beyond the ends, typed in the field beside it, rest at the end. */
  readonly scale?: 'linear' | 'log'
  readonly step: number
  /** At every movement; for settings that may change while training. */
  readonly onSlide?: (value: number) => void
  /** Once, when the handle is let go or the key released. */
  readonly onCommit?: (value: number) => void
  readonly disabled?: boolean
}

/** Positions of a logarithmic slider per factor of ten: enough for every two-digit value. */
const positionsPerDecade = 50

export function Slider({ label, value, min, max, scale = 'linear', step, onSlide, onCommit, disabled }: SliderProps) {
  const isLog = scale === 'log'
  const [dragged, setDragged] = useState<number | undefined>(undefined)
  const shown = Math.min(max, Math.max(min, dragged ?? value))
  const toPosition = (at: number) => (isLog ? Math.log10(at) * positionsPerDecade : at)
  const toValue = (position: number) => (isLog ? roundToTwoDigits(10 ** (position / positionsPerDecade)) : position)
  const [low, high] = [toPosition(min), toPosition(max)]
  const fill = { '--fill': `${((toPosition(shown) - low) / (high - low)) * 100}%` } as CSSProperties

  const input = useRef<HTMLInputElement>(null)
  // React's onChange is the DOM's `input` event; `change`, which comes once at the end, has to be listened to by hand.
  useEffect(() => {
    const element = input.current
    const finish = () => {
      setDragged(undefined)
      if (element) onCommit?.(toValue(element.valueAsNumber))
    }
    element?.addEventListener('change', finish)
    return () => element?.removeEventListener('change', finish)
  })

  return (
    <input
      ref={input}
      type="range"
      className={styles['slider']}
      style={fill}
      aria-label={label}
      aria-valuetext={formatSetting(shown)}
      min={low}
      max={high}
      step={isLog ? 1 : step}
      value={toPosition(shown)}
      disabled={disabled}
      onChange={(event) => {
        const next = toValue(event.target.valueAsNumber)
        setDragged(next)
        onSlide?.(next)
      }}
    />
  )
}

function roundToTwoDigits(value: number): number {
  return Number(value.toPrecision(2))
}
