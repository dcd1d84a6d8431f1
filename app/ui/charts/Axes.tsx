import { memo } from 'react'
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts'
import { typePixels } from '../theme/typeScale'
import styles from './charts.module.css'
import type { Margins, Plot, ValueAxis } from './plot'
import { PlotProbe } from './PlotProbe'

interface AxesProps {
  readonly width: number
  readonly height: number
  readonly margins: Margins
  readonly x: ValueAxis
  readonly y: ValueAxis
  /** Hides the numbers below a plot that shares its axis with the one beneath. */
  readonly quietX?: boolean
  readonly onPlot: (plot: Plot) => void
}

/**
 * Axes, grid and scales of a chart whose marks are on a canvas beside it. Memoised: an update of the data costs
 * nothing here as long as both axes stay the same objects.
 */
export const Axes = memo(function Axes({ width, height, margins, x, y, quietX = false, onPlot }: AxesProps) {
  return (
    <div className={styles['axes']} aria-hidden="true">
      <LineChart width={width} height={height} data={corner(x, y)} margin={margins} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--grid)" vertical={false} syncWithTicks />
        <XAxis
          dataKey="x"
          {...axisProps(x)}
          height={quietX ? quietAxisHeight() : axisHeight()}
          tick={quietX ? false : tickStyle()}
          tickLine={!quietX}
        />
        <YAxis dataKey="y" {...axisProps(y)} width={axisWidth()} tick={tickStyle()} tickLine={false} axisLine={false} />
        <PlotProbe onPlot={onPlot} />
      </LineChart>
    </div>
  )
})

/** Room for tick labels below a plot, in pixels. */
export const axisHeight = () => typePixels(20)
/** Room for tick labels beside it. */
export const axisWidth = () => typePixels(48)
/** Without numbers: half of the lowest label of the y axis. */
export const quietAxisHeight = () => typePixels(7)

/** Recharts makes no scale for an axis without data, so it is given the corner of the plot; nothing is drawn there. */
function corner(x: ValueAxis, y: ValueAxis) {
  return [{ x: x.domain[0], y: y.domain[0] }]
}

export const tickStyle = () => ({ fill: 'var(--ink-faint)', fontSize: typePixels(11) })

function axisProps({ domain, ticks, format, scale }: ValueAxis) {
  return {
    type: 'number',
    domain: [domain[0], domain[1]],
    ticks,
    tickFormatter: format,
    scale,
    interval: 0,
    allowDataOverflow: true,
    stroke: 'var(--line)',
    tickSize: 4,
    tickMargin: 4,
  } as const
}
