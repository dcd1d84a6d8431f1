import type { ReactNode } from 'react'
import { formatCount } from '../common/format'
import type { Plot } from '../charts/plot'
import type { ElementSize } from '../charts/useElementSize'
import { typePixels } from '../theme/typeScale'
import styles from './saturation.module.css'
import type { Tile } from './tileLayout'

interface ReadoutProps {
  /** What it is about: “hidden 2”, “B · hidden 2”. */
  readonly place: string
  readonly step: number
  readonly tile: Tile
  readonly plot: Plot
  /** The middle of the row, from the top of the plot. */
  readonly middle: number
  /** The box of all heatmaps, which cuts off what reaches beyond. */
  readonly size: ElementSize
  readonly children: ReactNode
}

/** Pixels between the crosshair and the readout. */
const distance = 14
const widest = 280

/** What the cell under the crosshair says, in words; on the side of the crosshair that has room. */
export function Readout({ place, step, tile, plot, middle, size, children }: ReadoutProps) {
  const x = tile.left + plot.x(step)
  const y = tile.top + plot.top + middle
  // Within its own heatmap sideways, so that the values of another stay in sight; up and down wherever there is room.
  const isLeft = plot.x(step) > tile.width / 2
  const isAbove = y > tile.headingHeight + (size.height - tile.headingHeight) / 2
  const style = {
    left: isLeft ? x - distance : x + distance,
    maxWidth: Math.min(typePixels(widest), (isLeft ? x : size.width - x) - distance),
    top: y,
    transform: `translate(${isLeft ? '-100%' : '0'}, ${isAbove ? '-100%' : '0'})`,
  }
  return (
    <div className={styles['readout']} style={style} aria-hidden="true">
      <p className={styles['place']}>
        {place} · step {formatCount(step)}
      </p>
      {children}
    </div>
  )
}
