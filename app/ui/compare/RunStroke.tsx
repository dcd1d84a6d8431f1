import { memo } from 'react'
import type { Letter } from '../../runs/state'
import { runLooks } from './runLook'

/** CSS pixels: the longest dash pattern once, and a little of what follows. */
const width = 20

/** A short piece of a run's line, to stand beside its letter. */
export const RunStroke = memo(function RunStroke({ letter }: { readonly letter: Letter }) {
  const { colour, dash } = runLooks[letter]
  return (
    <svg width={width} height={3} aria-hidden="true">
      <path d={`M0 1.5H${width}`} stroke={`var(${colour})`} strokeWidth={2} strokeDasharray={dash.join(' ')} />
    </svg>
  )
})
