import { useCallback, useMemo } from 'react'
import type { RunState } from '../../runs/state'
import { formatCount } from '../common/format'
import { usePage } from '../pageContext'
import { runLooks } from '../compare/runLook'
import { CanvasLayer, type DrawPlot } from '../charts/CanvasLayer'
import { Crosshair } from '../charts/Crosshair'
import { PlotBox } from '../charts/PlotBox'
import type { Plot, ValueAxis } from '../charts/plot'
import { StepSurface } from '../charts/StepSurface'
import { stepAxis } from './curveScales'
import styles from './curves.module.css'
import { drawCurves, type CurveLines } from './drawCurves'
import { valueAt } from './heldOutLine'
import { spreadLabels } from './spreadLabels'

interface CurvePlotProps {
  /** “loss” or “accuracy”. */
  readonly name: string
  readonly run: RunState
  readonly lines: CurveLines
  readonly y: (heightPixels: number) => ValueAxis
  readonly format: (value: number) => string
  readonly shownStep: number | undefined
  /** Leaves the numbers of the step axis to the plot below. */
  readonly quietX: boolean
}

/** Room on the right for “held-out 0.00123”. */
const labelWidth = 116
const labelHeight = 14

/** One quantity over the steps: training and held-out, named where their lines end. */
export function CurvePlot({ name, run, lines, y, format, shownStep, quietX }: CurvePlotProps) {
  const { plannedSteps } = run
  const x = useCallback((pixels: number) => stepAxis(plannedSteps, pixels), [plannedSteps])
  const look = runLooks[usePage((state) => state.active)]
  const draw = useCallback<DrawPlot>(
    (context, plot, token) => drawCurves(context, plot, token, lines, look),
    [lines, look],
  )
  const named = useMemo(
    () =>
      [
        { name: 'training', line: lines.training, isDashed: false },
        { name: 'held-out', line: lines.heldOut, isDashed: true },
      ].filter(({ line }) => line.length > 0),
    [lines],
  )
  const readout = named.map(({ name, line }) => `${name} ${format(valueAt(line, shownStep))}`).join(' · ')
  const caption =
    shownStep === undefined ? (
      name
    ) : (
      <>
        {name} <span className={styles['readout']}>at step {`${formatCount(shownStep)}: ${readout}`}</span>
      </>
    )
  return (
    <PlotBox label={`${name} over the steps`} caption={caption} x={x} y={y} right={labelWidth} quietX={quietX}>
      {(plot) => (
        <>
          <CanvasLayer plot={plot} draw={draw} />
          <Crosshair plot={plot} labelled={!quietX} />
          <EndLabels plot={plot} lines={named} format={format} plannedSteps={plannedSteps} />
          <StepSurface plot={plot} columns={run.history.columns} step={run.step} />
        </>
      )}
    </PlotBox>
  )
}

interface EndLabelsProps {
  readonly plot: Plot
  readonly lines: readonly { readonly name: string; readonly line: CurveLines['raw']; readonly isDashed: boolean }[]
  readonly format: (value: number) => string
  readonly plannedSteps: number
}

/** A line that ends this share of the planned steps before the other is another time's, and says so. */
const staleShare = 0.03

/** Names and newest values beside the ends of the lines, so that no legend has to be matched by colour. */
function EndLabels({ plot, lines, format, plannedSteps }: EndLabelsProps) {
  const bottom = plot.top + plot.height
  const values = lines.map(({ line }) => valueAt(line, undefined))
  const wanted = values.map((value) =>
    Math.min(bottom, Math.max(plot.top, Number.isFinite(value) ? plot.y(value) : bottom)),
  )
  const middles = spreadLabels(wanted, labelHeight, plot.top + labelHeight / 2, bottom - labelHeight / 2)
  const lastSteps = lines.map(({ line }) => line.steps[line.length - 1] ?? 0)
  const newest = Math.max(...lastSteps, 0)
  const end = Math.max(plot.x(newest), plot.left)
  return lines.map(({ name, isDashed }, index) => (
    <p
      key={name}
      className={styles['label']}
      style={{ transform: `translate(${end + 6}px, ${middles[index]! - labelHeight / 2}px)` }}
    >
      <span className={styles['swatch']} data-dashed={isDashed} />
      {name} <b>{format(values[index]!)}</b>
      {newest - lastSteps[index]! > staleShare * plannedSteps && ` at step ${formatCount(lastSteps[index]!)}`}
    </p>
  ))
}
