import { memo } from 'react'
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts'
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

const noData: never[] = []

/**
 * Axes, grid and scales of a chart whose marks are on a canvas beside it. Memoised: an update of the data costs
 * nothing here as long as both axes stay the same objects.
 */
export const Axes = memo(function Axes({ width, height, margins, x, y, quietX = false, onPlot }: AxesProps) {
  return (
    <LineChart width={width} height={height} data={noData} margin={margins} accessibilityLayer={false}>
      <CartesianGrid stroke="var(--grid)" vertical={false} />
      <XAxis {...axisProps(x)} height={AXIS_HEIGHT} hide={false} tick={quietX ? false : tickStyle} />
      <YAxis {...axisProps(y)} width={AXIS_WIDTH} tick={tickStyle} tickLine={false} axisLine={false} />
      <PlotProbe onPlot={onPlot} />
    </LineChart>
  )
})

/** Room for tick labels, in pixels. */
export const AXIS_HEIGHT = 20
export const AXIS_WIDTH = 44

const tickStyle = { fill: 'var(--ink-faint)', fontSize: 11 }

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
