import type { PointerEvent } from 'react'
import type { HistoryColumn } from '../../runs/state'
import { useCommands } from '../pageContext'
import styles from './charts.module.css'
import { columnIndexAt } from './history'
import type { Plot } from './plot'

interface StepSurfaceProps {
  readonly plot: Plot
  readonly columns: readonly HistoryColumn[]
  /** The step training has reached. */
  readonly step: number
}

/**
 * Takes the pointer over a chart of steps: moving sets the crosshair of every chart, pressing pins the column there.
 * For the pointer alone: the heatmap is the slider that moves the same step by keyboard.
 */
export function StepSurface({ plot, columns, step }: StepSurfaceProps) {
  const commands = useCommands()
  const stepAt = (event: PointerEvent<HTMLDivElement>) => {
    const pixel = plot.left + event.clientX - event.currentTarget.getBoundingClientRect().left
    const pointed = Math.round(plot.xAt(pixel))
    return pointed >= 0 && pointed <= step ? pointed : undefined
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const pointed = stepAt(event)
    const column = pointed === undefined ? undefined : columns[columnIndexAt(columns, pointed)]
    commands.setView({ pinnedStep: column === columns.at(-1) ? undefined : column?.step })
  }
  const { left, top, width, height } = plot
  return (
    <div
      className={styles['surface']}
      style={{ left, top, width, height }}
      onPointerMove={(event) => commands.setView({ hoverStep: stepAt(event) })}
      onPointerDown={onPointerDown}
      onPointerLeave={() => commands.setView({ hoverStep: undefined })}
      aria-hidden="true"
    />
  )
}
