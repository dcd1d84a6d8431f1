import { useCallback, useMemo, useState } from 'react'
import { DataTable } from '../charts/DataTable'
import { formatAccuracy, formatMeasure, formatStepTick, formatThreshold, formatTick } from '../charts/numbers'
import { PlotBox } from '../charts/PlotBox'
import { logTicks, niceTicks } from '../charts/ticks'
import { formatCount } from '../common/format'
import type { Letter } from '../../runs/state'
import { curveTable } from '../curves/curveTable'
import { comparedPart, furthestColumns, type Quantity, type RunCurves } from '../curves/runCurves'
import styles from './compare.module.css'
import { sizeRange, steadyRange, tradeOffPoint, type Range } from './tradeOff'
import { TradeOffPoints } from './TradeOffPoints'
import type { LetteredRun } from './useRuns'

interface TradeOffPlotProps {
  readonly runs: readonly LetteredRun[]
  readonly curves: readonly RunCurves[]
  readonly quantity: Quantity
  /** By position of the runs. */
  readonly sizes: readonly number[]
  /** What the sizes count: “parameters”. */
  readonly unit: string
  readonly shownStep: number | undefined
}

const right = 20

/** What every run achieves over how large its network is: points that rise while training, and where they were. */
export function TradeOffPlot({ runs, curves, quantity, sizes, unit, shownStep }: TradeOffPlotProps) {
  const [hovered, setHovered] = useState<Letter>()
  const part = comparedPart(curves)
  const points = useMemo(
    () => curves.map((curve, index) => tradeOffPoint(curve, part, sizes[index] ?? 1, shownStep)),
    [curves, part, sizes, shownStep],
  )
  const { low, high } = sizeRange(sizes)
  const values = useSteadyRange(
    points.map(({ value }) => value),
    quantity,
  )
  const x = useCallback((pixels: number) => sizeAxis({ low, high }, pixels), [low, high])
  const y = useCallback((pixels: number) => valueAxis(values, quantity, pixels), [values, quantity])
  const format = quantity === 'accuracy' ? formatAccuracy : formatMeasure
  const what = `${part === 'heldOut' ? 'held-out' : 'training'} ${quantity}`
  const meant = points.find(({ letter }) => letter === hovered)
  return (
    <PlotBox
      className={styles['plot']}
      label={`${what} over ${unit}`}
      caption={
        meant ? (
          <span className={styles['reading']}>
            <b>{meant.letter}</b> {formatCount(meant.size)} {unit}, {what} <b>{format(meant.value)}</b>
          </span>
        ) : (
          `${what} over ${unit}${quantity === 'loss' ? ', lower is better' : ''}`
        )
      }
      x={x}
      y={y}
      right={right}
    >
      {(plot) => (
        <>
          <TradeOffPoints plot={plot} points={points} onHover={setHovered} />
          <DataTable
            label={`${what} over ${unit}`}
            columns={1 + runs.length}
            read={() => {
              const table = curveTable(curves, furthestColumns(runs), format, part)
              const names = curves.map(({ letter }, index) => `${letter}, ${formatCount(sizes[index] ?? 0)} ${unit}`)
              return { ...table, columns: ['step', ...names] }
            }}
          />
        </>
      )}
    </PlotBox>
  )
}

/** A range that moves only when values leave it, or leave much of it empty. */
function useSteadyRange(values: readonly number[], quantity: Quantity): Range {
  const [kept, setKept] = useState<{ readonly range: Range; readonly quantity: Quantity }>()
  const before = kept?.quantity === quantity ? kept.range : undefined
  const range = steadyRange(values, quantity, before)
  if (range !== before) setKept({ range, quantity })
  return range
}

function sizeAxis({ low, high }: Range, pixels: number) {
  const most = Math.max(2, Math.floor(pixels / 48))
  return { domain: [low, high], ticks: logTicks(low, high, most), format: formatStepTick, scale: 'log' } as const
}

function valueAxis({ low, high }: Range, quantity: Quantity, pixels: number) {
  const ticks = niceTicks(low, high, Math.max(2, Math.floor(pixels / 28)))
  return {
    domain: [low, high],
    ticks,
    format: quantity === 'accuracy' ? formatThreshold : formatTick,
    scale: 'linear',
  } as const
}
