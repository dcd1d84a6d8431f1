import type { LinearProbes } from '../../runs/state'
import type { Plot } from '../charts/plot'
import styles from './depth.module.css'
import type { DepthRow } from './depthRows'

interface SharesPlotProps {
  readonly plot: Plot
  readonly rows: readonly DepthRow[]
  /** Shown, and those before them, faintly; oldest first. */
  readonly probes: LinearProbes | undefined
  readonly earlier: readonly LinearProbes[]
  /** Custom property of the run's colour. */
  readonly colour: string
}

/** Of a layer's share of the axis, the part its bar takes; no wider than this many pixels. */
const barShare = 0.6
const widestBar = 40

/** Saturation as bars, and on them how well each layer's classes can be read off linearly. */
export function SharesPlot({ plot, rows, probes, earlier, colour }: SharesPlotProps) {
  const { left, top, width, height } = plot
  const x = (index: number) => plot.x(index) - left
  const y = (share: number) => plot.y(share) - top
  const barWidth = Math.min(widestBar, (barShare * width) / rows.length)
  return (
    <svg className={styles['marks']} style={{ left, top }} width={width} height={height} aria-hidden="true">
      {rows.map(({ name, spectrum }, index) => {
        const share = spectrum?.saturation ?? Number.NaN
        if (!Number.isFinite(share)) return null
        const bar = { x: x(index) - barWidth / 2, y: y(share), width: barWidth, height: height - y(share) }
        return <rect key={name} className={styles['bar']} {...bar} fill={`var(${colour})`} />
      })}
      {probes && (
        <>
          <line className={styles['chance']} x1={0} x2={width} y1={y(probes.chance)} y2={y(probes.chance)} />
          <text className={styles['label']} x={width - 4} y={y(probes.chance) - 4} textAnchor="end">
            chance
          </text>
        </>
      )}
      {earlier.map((before) => (
        <path key={before.step} className={styles['earlier']} d={linePath(before.accuracy, x, y)} />
      ))}
      {probes && (
        <>
          <path className={styles['probeLine']} d={linePath(probes.accuracy, x, y)} />
          {probes.accuracy.map(
            (accuracy, index) =>
              accuracy !== undefined && (
                <circle key={index} className={styles['probe']} cx={x(index)} cy={y(accuracy)} r={4} />
              ),
          )}
        </>
      )}
    </svg>
  )
}

/** Interrupted where nothing was measured. */
function linePath(
  values: readonly (number | undefined)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, index) => {
      if (value === undefined) return ''
      return `${values[index - 1] === undefined ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
}
