import { useCallback } from 'react'
import type { HistoryColumn } from '../../runs/state'
import { CanvasLayer, type DrawPlot } from '../charts/CanvasLayer'
import { Crosshair } from '../charts/Crosshair'
import { DataTable } from '../charts/DataTable'
import { PlotBox } from '../charts/PlotBox'
import type { ValueAxis } from '../charts/plot'
import { StepSurface } from '../charts/StepSurface'
import { typePixels } from '../theme/typeScale'
import { CurveCaption } from './CurveCaption'
import { stepAxis } from './curveScales'
import { curveTable } from './curveTable'
import { drawCurves } from './drawCurves'
import { EndLabels } from './EndLabels'
import { EvidenceShade } from './EvidenceShade'
import type { Quantity, RunCurves } from './runCurves'

interface CurvePlotProps {
  readonly quantity: Quantity
  readonly curves: readonly RunCurves[]
  readonly y: (heightPixels: number) => ValueAxis
  readonly format: (value: number) => string
  readonly shownStep: number | undefined
  readonly plannedSteps: number
  /** The steps that a press can pin. */
  readonly columns: readonly HistoryColumn[]
  /** The first of two plots: says what the lines are, and leaves the numbers of the step axis to the plot below. */
  readonly isUpper: boolean
  readonly isLower: boolean
}

/** Room on the right for “held-out 0.00123”. */
const labelWidth = () => typePixels(116)

/** One quantity over the steps: training and held-out of every run, named where their lines end. */
export function CurvePlot(props: CurvePlotProps) {
  const { quantity, curves, y, format, shownStep, plannedSteps, columns, isUpper, isLower } = props
  const x = useCallback((pixels: number) => stepAxis(plannedSteps, pixels), [plannedSteps])
  const draw = useCallback<DrawPlot>((context, plot, token) => drawCurves(context, plot, token, curves), [curves])
  const reached = Math.max(0, ...curves.map((curve) => curve.reached))
  return (
    <PlotBox
      label={`${quantity} over the steps`}
      caption={<CurveCaption {...{ name: quantity, curves, format, shownStep }} withKey={isUpper} />}
      x={x}
      y={y}
      right={labelWidth()}
      quietX={!isLower}
    >
      {(plot) => (
        <>
          <EvidenceShade plot={plot} quantity={quantity} />
          <CanvasLayer plot={plot} draw={draw} />
          <Crosshair plot={plot} labelled={isLower} />
          <EndLabels {...{ plot, curves, format, plannedSteps }} />
          <StepSurface plot={plot} columns={columns} step={reached} />
          <DataTable
            label={`${quantity} over the steps`}
            columns={1 + 2 * curves.length}
            read={() => curveTable(curves, columns, format)}
          />
        </>
      )}
    </PlotBox>
  )
}
