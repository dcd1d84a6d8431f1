import type { PointerEvent } from 'react'
import type { Letter } from '../../runs/state'
import type { Plot } from '../charts/plot'
import styles from './compare.module.css'
import { runLooks } from './runLook'
import { nearestPoint, placeLetters, type TradeOffPoint } from './tradeOff'

interface TradeOffPointsProps {
  readonly plot: Plot
  readonly points: readonly TradeOffPoint[]
  readonly onHover: (letter: Letter | undefined) => void
}

/** The runs as points with their letters, and faintly where they were; tells which one the pointer means. */
export function TradeOffPoints({ plot, points, onHover }: TradeOffPointsProps) {
  const { left, top, width, height } = plot
  const shown = points.filter(({ value }) => Number.isFinite(value))
  const places = shown.map(({ size, value }) => ({ x: plot.x(size) - left, y: plot.y(value) - top }))
  const heights = placeLetters(places, 6, height - 6)
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const index = nearestPoint(places, { x: event.clientX - box.left, y: event.clientY - box.top })
    onHover(index === undefined ? undefined : shown[index]?.letter)
  }
  return (
    <svg
      className={styles['points']}
      style={{ left, top }}
      width={width}
      height={height}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onHover(undefined)}
      aria-hidden="true"
    >
      {shown.map((point, index) => (
        <Trail key={point.letter} plot={plot} point={point} x={places[index]!.x} y={places[index]!.y} />
      ))}
      {shown.map(({ letter }, index) => (
        <Mark key={letter} letter={letter} {...places[index]!} letterY={heights[index]!} width={width} />
      ))}
    </svg>
  )
}

/** Where a point was at even distances in time: close together where it hardly moved. */
function Trail({
  plot,
  point,
  x,
  y,
}: {
  readonly plot: Plot
  readonly point: TradeOffPoint
  readonly x: number
  readonly y: number
}) {
  const { letter, trail } = point
  const { colour, dash } = runLooks[letter]
  const heights = trail.map((value) => plot.y(value) - plot.top)
  const isWithin = (height: number) => height >= 0 && height <= plot.height
  // Marks at the edge are drawn whole, so nothing is clipped: a trail from beyond the axis begins at it.
  const path = [...heights, y]
    .map((height, index) => `${index === 0 ? 'M' : 'L'}${x} ${Math.min(plot.height, Math.max(0, height))}`)
    .join('')
  return (
    <g stroke={`var(${colour})`} fill={`var(${colour})`}>
      <path d={path} fill="none" strokeWidth={1.5} strokeDasharray={dash.join(' ')} opacity={0.35} />
      {heights.map(
        (height, index) =>
          isWithin(height) && (
            <circle
              key={index}
              cx={x}
              cy={height}
              r={1.75}
              stroke="none"
              opacity={0.15 + (0.45 * index) / trail.length}
            />
          ),
      )}
    </g>
  )
}

interface MarkProps {
  readonly letter: Letter
  readonly x: number
  readonly y: number
  readonly letterY: number
  readonly width: number
}

function Mark({ letter, x, y, letterY, width }: MarkProps) {
  const isAtEdge = x > width - 22
  return (
    <>
      <circle className={styles['mark']} cx={x} cy={y} r={5} fill={`var(${runLooks[letter].colour})`} />
      <text x={isAtEdge ? x - 9 : x + 9} y={letterY + 4} textAnchor={isAtEdge ? 'end' : 'start'}>
        {letter}
      </text>
    </>
  )
}
