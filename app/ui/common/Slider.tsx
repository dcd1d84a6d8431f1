import { useEffect, useRef, useState, type CSSProperties } from 'react'
import { formatSetting } from './format'
import styles from './fields.module.css'
import type { SliderScale } from './sliderScale'

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly scale: SliderScale
  /** Once, when the handle is let go or the key released: a movement is not a hundred edits. */
  readonly onCommit: (value: number) => void
  readonly disabled?: boolean
}

/** The browser's range input; values beyond its ends, typed in the field beside it, rest at the end. */
export function Slider({ label, value, scale, onCommit, disabled }: SliderProps) {
  const [dragged, setDragged] = useState<number | undefined>(undefined)
  const shown = dragged ?? value
  const position = scale.toPosition(shown)
  const fill = { '--fill': `${((position - scale.low) / (scale.high - scale.low)) * 100}%` } as CSSProperties

  const input = useRef<HTMLInputElement>(null)
  // React's onChange is the DOM's `input` event; `change`, which comes once at the end, has to be listened to by hand.
  useEffect(() => {
    const element = input.current
    const finish = () => {
      setDragged(undefined)
      if (element) onCommit(scale.toValue(element.valueAsNumber))
    }
    element?.addEventListener('change', finish)
    return () => element?.removeEventListener('change', finish)
  }, [scale, onCommit])

  return (
    <input
      ref={input}
      type="range"
      className={styles['slider']}
      style={fill}
      aria-label={label}
      aria-valuetext={formatSetting(shown)}
      min={scale.low}
      max={scale.high}
      step={scale.step}
      value={position}
      disabled={disabled}
      onChange={(event) => setDragged(scale.toValue(event.target.valueAsNumber))}
    />
  )
}
