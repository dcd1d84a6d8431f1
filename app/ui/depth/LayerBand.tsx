import type { Plot } from '../charts/plot'
import styles from './depth.module.css'
import { layerUnder, unproductiveRange } from './depthScales'
import type { DepthRow } from './depthRows'

interface LayerBandProps {
  readonly plot: Plot
  /** Of the run that is looked at closely, by layer of the axis. */
  readonly rows: readonly (DepthRow | undefined)[]
  readonly hovered: number | undefined
  readonly onHover: (index: number | undefined) => void
  /** Only one of the plots names what the wash means. */
  readonly isLabelled: boolean
}

/** What goes through both plots: the layer under the pointer, and those that are predicted to add nothing. */
export function LayerBand({ plot, rows, hovered, onHover, isLabelled }: LayerBandProps) {
  const { left, top, width, height } = plot
  const band = (first: number, last: number) => ({
    left: plot.x(first - 0.5),
    width: plot.x(last + 0.5) - plot.x(first - 0.5),
    top,
    height,
  })
  const range = unproductiveRange(rows)
  return (
    <>
      {range && <div className={styles['unproductive']} style={band(...range)} />}
      {range && isLabelled && (
        <p className={styles['prediction']} style={labelPlace(plot, range[0])} aria-hidden="true">
          predicted unproductive from {place(rows[range[0]])}
        </p>
      )}
      {hovered !== undefined && <div className={styles['hovered']} style={band(hovered, hovered)} />}
      <div
        className={styles['surface']}
        style={{ left, top, width, height }}
        onPointerMove={(event) => {
          const pixel = event.clientX - event.currentTarget.getBoundingClientRect().left
          onHover(layerUnder(plot.xAt(pixel + left), rows.length))
        }}
        onPointerLeave={() => onHover(undefined)}
      />
    </>
  )
}

/** “here”, or the layer before it that is not measured. */
function place(row: DepthRow | undefined): string {
  return row?.border && row.border.from !== row.name ? `${row.border.from} on` : 'here'
}

/** Beginning at the first of these layers, or ending there where the room is to the left. */
function labelPlace(plot: Plot, first: number) {
  const start = plot.x(first - 0.5)
  const place = { top: plot.top, height: plot.height }
  const isInLeftHalf = start < plot.left + plot.width / 2
  return isInLeftHalf
    ? { ...place, left: start, width: plot.left + plot.width - start }
    : { ...place, left: plot.left, width: start - plot.left, justifyContent: 'end' }
}
