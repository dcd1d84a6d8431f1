import type { Plot } from '../charts/plot'
import { runLooks } from '../compare/runLook'
import styles from './depth.module.css'
import { drawingOrder, type Depth, type DepthRun } from './depthRuns'
import { ProbeLine } from './ProbeLine'

interface SharesPlotProps {
  readonly plot: Plot
  readonly depth: Depth
}

/** Of a layer's share of the axis, the part its bar takes; no wider than this many pixels. */
const barShare = 0.6
const widestBar = 40

/** Saturation as bars, and on them how well each layer's classes can be read off linearly; of other runs as lines. */
export function SharesPlot({ plot, depth }: SharesPlotProps) {
  const { left, top, width, height } = plot
  const { active, others } = depth
  const y = (share: number) => plot.y(share) - top
  const scales = {
    x: (index: number) => plot.x(index) - left,
    y,
    height,
    barWidth: Math.min(widestBar, (barShare * width) / depth.names.length),
  }
  const chance = active.probes && y(active.probes.chance)
  return (
    <svg className={styles['marks']} style={{ left, top }} width={width} height={height} aria-hidden="true">
      <Bars run={active} scales={scales} />
      {others.map((run) => (
        <Levels key={run.letter} run={run} scales={scales} />
      ))}
      {chance !== undefined && (
        <>
          <line className={styles['chance']} x1={0} x2={width} y1={chance} y2={chance} />
          <text className={styles['label']} x={width - 4} y={chance - 4} textAnchor="end">
            chance
          </text>
        </>
      )}
      {drawingOrder(depth).map((run) => (
        <ProbeLine key={run.letter} {...scales} run={run} look={lookOf(run, depth)} />
      ))}
    </svg>
  )
}

/** A run alone has its probes in the colour of text; several each in their own. */
function lookOf(run: DepthRun, { active, others }: Depth) {
  const look = others.length === 0 ? { colour: '--ink', dash: [] } : runLooks[run.letter]
  return { ...look, isStrong: run === active }
}

interface Scales {
  readonly x: (index: number) => number
  readonly y: (share: number) => number
  readonly height: number
  readonly barWidth: number
}

interface SaturationProps {
  readonly run: DepthRun
  readonly scales: Scales
}

function Bars({ run, scales: { x, y, height, barWidth } }: SaturationProps) {
  const { colour } = runLooks[run.letter]
  return saturations(run).map(({ index, share }) => (
    <rect
      key={index}
      className={styles['bar']}
      x={x(index) - barWidth / 2}
      y={y(share)}
      width={barWidth}
      height={height - y(share)}
      fill={`var(${colour})`}
    />
  ))
}

/** Where the bars of another run would end. */
function Levels({ run, scales: { x, y, barWidth } }: SaturationProps) {
  const { colour, dash } = runLooks[run.letter]
  const path = saturations(run)
    .map(({ index, share }) => `M${(x(index) - barWidth / 2).toFixed(1)} ${y(share).toFixed(1)}h${barWidth.toFixed(1)}`)
    .join('')
  return <path className={styles['level']} d={path} stroke={`var(${colour})`} strokeDasharray={dash.join(' ')} />
}

function saturations({ rows }: DepthRun): readonly { readonly index: number; readonly share: number }[] {
  return rows.flatMap((row, index) => {
    const share = row?.spectrum?.saturation ?? Number.NaN
    return Number.isFinite(share) ? { index, share } : []
  })
}
