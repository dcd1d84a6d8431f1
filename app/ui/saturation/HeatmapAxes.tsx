import { memo } from 'react'
import { LineChart, XAxis, YAxis, type YAxisTickContentProps } from 'recharts'
import { tickStyle } from '../charts/Axes'
import styles from '../charts/charts.module.css'
import { formatStepTick } from '../charts/numbers'
import type { Margins, Plot } from '../charts/plot'
import { PlotProbe } from '../charts/PlotProbe'

interface HeatmapAxesProps {
  readonly width: number
  readonly height: number
  readonly margins: Margins
  /** Enough for numbers, or for the ticks alone. */
  readonly axisHeight: number
  readonly hasSteps: boolean
  readonly labelWidth: number
  /** Names of the rows, top to bottom. */
  readonly names: readonly string[]
  readonly selected: number
  /** Rows that have room for their name. */
  readonly labelled: ReadonlySet<number>
  readonly fontSize: number
  readonly plannedSteps: number
  readonly ticks: readonly number[]
  readonly onPlot: (plot: Plot) => void
}

/** Axes of the heatmap: layers down, steps across. Memoised: arriving columns change nothing here. */
export const HeatmapAxes = memo(function HeatmapAxes(props: HeatmapAxesProps) {
  const { width, height, margins, axisHeight, hasSteps, labelWidth, names } = props
  const { selected, labelled, fontSize, plannedSteps, ticks, onPlot } = props
  const rows = names.map((name, row) => ({ row, name }))
  const renderLabel = (tick: YAxisTickContentProps) => (
    <RowLabel key={tick.index} tick={tick} name={names[tick.index] ?? ''} {...{ selected, labelled, fontSize }} />
  )
  return (
    <div className={styles['axes']} aria-hidden="true">
      <LineChart
        layout="vertical"
        width={width}
        height={height}
        data={rows}
        margin={margins}
        accessibilityLayer={false}
      >
        <XAxis
          type="number"
          domain={[0, plannedSteps]}
          allowDataOverflow
          ticks={ticks}
          interval={0}
          height={axisHeight}
          tickFormatter={formatStepTick}
          tick={hasSteps && tickStyle()}
          tickSize={4}
          tickMargin={4}
          stroke="var(--line)"
        />
        <YAxis
          type="category"
          dataKey="row"
          scale="band"
          width={labelWidth}
          interval={0}
          axisLine={false}
          tickLine={false}
          tick={renderLabel}
        />
        <PlotProbe onPlot={onPlot} />
      </LineChart>
    </div>
  )
})

interface RowLabelProps {
  readonly tick: YAxisTickContentProps
  readonly name: string
  readonly selected: number
  readonly labelled: ReadonlySet<number>
  readonly fontSize: number
}

function RowLabel({ tick, name, selected, labelled, fontSize }: RowLabelProps) {
  if (!labelled.has(tick.index)) return null
  const isSelected = tick.index === selected
  return (
    <text
      x={Number(tick.x) - 4}
      y={tick.y}
      dy="0.35em"
      textAnchor="end"
      fontSize={fontSize}
      fontWeight={isSelected ? 600 : 400}
      fill={isSelected ? 'var(--ink)' : 'var(--ink-muted)'}
    >
      {name}
    </text>
  )
}
