import { useCallback, useMemo } from 'react'
import type { LayerSpectrum } from '../../metrics/layerSpectrum'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { cumulativeVariance } from '../../metrics/varianceSums'
import { CanvasLayer, type DrawPlot } from '../charts/CanvasLayer'
import { DataTable } from '../charts/DataTable'
import type { Plot } from '../charts/plot'
import { PlotBox } from '../charts/PlotBox'
import { joinClasses } from '../common/joinClasses'
import { Term } from '../common/Term'
import { typePixels } from '../theme/typeScale'
import { drawScree, drawShares } from './drawSpectrum'
import { eigenvalueTable } from './eigenvalueTable'
import styles from './spectrum.module.css'
import { directionAxis, eigenvalueAxis, shareAxis, shareScale, type EigenvalueRange } from './spectrumScales'
import { ThresholdLine } from './ThresholdLine'

interface SpectrumPlotsProps {
  readonly measured: MeasuredSpectrum
  readonly spectrum: LayerSpectrum
  readonly range: EigenvalueRange
  readonly width: number
  readonly isLog: boolean
  /** “7 of 128 directions carry 99 %”. */
  readonly finding: string
  /** Whose spectrum it is: “hidden 3 at step 400”. */
  readonly subject: string
}

/** Of the table: direction, eigenvalue, share, cumulative share. */
const tableColumns = 4

/** Pixels to the right of the plots: half of the last tick's label. */
const right = 14

/** Eigenvalues, and below them on the same axis the share of variance that the first ones carry together. */
export function SpectrumPlots({ measured, spectrum, range, width, isLog, finding, subject }: SpectrumPlotsProps) {
  const k = spectrum.intrinsicDimension
  const { largest, smallest } = range
  const directions = useCallback((pixels: number) => directionAxis(width, pixels), [width])
  const eigenvalues = useCallback(
    (pixels: number) => eigenvalueAxis({ largest, smallest }, isLog, pixels),
    [largest, smallest, isLog],
  )
  const shares = useCallback((pixels: number) => shareAxis(isLog, pixels), [isLog])
  const scale = useMemo(() => shareScale(isLog), [isLog])
  const scree = useCallback<DrawPlot>(
    (context, plot, token) => drawScree(context, plot, token, measured.eigenvalues, k),
    [measured, k],
  )
  const cumulative = useCallback<DrawPlot>(
    (context, plot, token) => drawShares(context, plot, token, cumulativeVariance(measured), k, scale),
    [measured, k, scale],
  )
  return (
    <div className={styles['plots']}>
      <PlotBox
        label="Eigenvalues"
        caption={<Term name="eigenvalue λ" id="eigenvalue" />}
        x={directions}
        y={eigenvalues}
        right={right}
        quietX
      >
        {(plot) => (
          <>
            <CanvasLayer plot={plot} draw={scree} />
            <CountMark plot={plot} k={k} />
            <Finding plot={plot} k={k} text={finding} isDoubtful={spectrum.state !== 'ok'} />
            <DataTable
              label="eigenvalues and the variance they carry"
              columns={tableColumns}
              read={() => ({ ...eigenvalueTable(measured), caption: `eigenvalues of ${subject}` })}
            />
          </>
        )}
      </PlotBox>
      <PlotBox
        label="Cumulative share of the variance"
        caption={<Term name="variance carried by the first k" id="explainedVariance" />}
        x={directions}
        y={shares}
        right={right}
      >
        {(plot) => (
          <>
            <CanvasLayer plot={plot} draw={cumulative} />
            <CountMark plot={plot} k={k} />
            <ThresholdLine {...{ plot, scale, finding }} crossing={k} threshold={spectrum.threshold} />
          </>
        )}
      </PlotBox>
    </div>
  )
}

interface CountMarkProps {
  readonly plot: Plot
  /** Directions counted. */
  readonly k: number
}

/** A vertical line after the last direction that is needed. */
function CountMark({ plot, k }: CountMarkProps) {
  if (k === 0) return null
  const style = { top: plot.top, height: plot.height, transform: `translateX(${plot.x(k + 0.5)}px)` }
  return <div className={styles['mark']} style={style} />
}

/** Room for the caption that the finding shares its line with, pixels. */
const captionWidth = () => typePixels(78)

/**
 * The finding in words, above its mark and never over the bars. It begins at the mark; where it would not fit there it
 * moves to the left, as far as it must.
 */
function Finding({
  plot,
  k,
  text,
  isDoubtful,
}: CountMarkProps & { readonly text: string; readonly isDoubtful: boolean }) {
  const left = plot.left + captionWidth()
  return (
    <div className={styles['finding']} style={{ left, right }}>
      <span className={styles['indent']} style={{ width: Math.max(0, plot.x(k + 0.5) - left) }} />
      <p className={joinClasses(styles['words'], isDoubtful && styles['doubtful'])} title={text}>
        {text}
      </p>
    </div>
  )
}
