import type { Letter } from '../../runs/state'
import { HeatmapHeading } from './HeatmapHeading'
import styles from './saturation.module.css'
import type { Tile } from './tileLayout'

interface WaitingHeatmapProps {
  readonly letter: Letter
  readonly tile: Tile
  readonly note: string | undefined
  readonly isActive: boolean
  /** Who has not started. */
  readonly waitsFor: Letter
}

/** The place of a heatmap that has nothing to show yet. */
export function WaitingHeatmap({ letter, tile, note, isActive, waitsFor }: WaitingHeatmapProps) {
  const { left, top, width, height, headingHeight } = tile
  return (
    <figure
      className={styles['heatmap']}
      style={{ left, top, width, height }}
      aria-label={`Saturation of run ${letter}`}
    >
      {headingHeight > 0 && <HeatmapHeading {...{ letter, note, isActive }} height={headingHeight} />}
      <p className={styles['waiting']}>Run {waitsFor} has not started yet.</p>
    </figure>
  )
}
