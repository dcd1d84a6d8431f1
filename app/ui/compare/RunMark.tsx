import { memo } from 'react'
import type { Letter } from '../../runs/state'
import styles from './RunMark.module.css'
import { runLooks } from './runLook'

/** CSS pixels: room for every dash once and a bit of its next. */
const length = 26

/**
 * How a run is known everywhere: a piece of its line in its colour, and its letter. The letter keeps the colour of
 * text: those of lines are too light to be read.
 */
export const RunMark = memo(function RunMark({ letter }: { readonly letter: Letter }) {
  const { colour, dash } = runLooks[letter]
  return (
    <span className={styles['mark']}>
      <svg width={length} height="8" viewBox={`0 0 ${length} 8`} aria-hidden="true" focusable="false">
        <path d={`M0 4h${length}`} stroke={`var(${colour})`} strokeWidth="3" strokeDasharray={dash.join(' ')} />
      </svg>
      <b>{letter}</b>
    </span>
  )
})
