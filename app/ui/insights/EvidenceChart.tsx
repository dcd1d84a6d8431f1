import { useCallback, useMemo } from 'react'
import type { Evidence, EvidenceSeries } from '../../runs/insights/insight'
import type { RunState } from '../../runs/state'
import { CanvasLayer, type DrawPlot } from '../charts/CanvasLayer'
import { formatMeasure, formatShare, formatTick } from '../charts/numbers'
import { PlotBox } from '../charts/PlotBox'
import type { Plot } from '../charts/plot'
import { niceTicks, niceTop } from '../charts/ticks'
import type { RunLook } from '../compare/runLook'
import { typePixels } from '../theme/typeScale'
import { stepAxis } from '../curves/curveScales'
import { drawEvidence, highestEvidence, placeEvidenceLabels } from './drawEvidence'
import { nameSeries, traceSeries, type EvidenceAxis } from './evidenceSeries'
import styles from './insights.module.css'

interface EvidenceChartProps {
  readonly run: RunState
  readonly look: RunLook
  readonly axis: EvidenceAxis
  readonly series: readonly EvidenceSeries[]
  readonly evidence: readonly Evidence[]
}

/** Room on the right for names, pixels. */
const labelWidth = () => typePixels(190)
const pixelsPerTick = 26

const captions: Readonly<Record<EvidenceAxis, string>> = {
  share: 'share',
  loss: 'loss',
  directions: 'directions',
  variance: 'variance',
  samples: 'samples',
}

/** The measured lines a rule looked at, with the levels, spans and points it found. */
export function EvidenceChart({ run, look, axis, series, evidence }: EvidenceChartProps) {
  const { plannedSteps } = run
  const lines = useMemo(
    () => series.map((each) => ({ name: nameSeries(run, each), line: traceSeries(run, each) })),
    [run, series],
  )
  const scene = useMemo(() => ({ lines, evidence, look }), [lines, evidence, look])
  const top = niceTop(highestEvidence(scene) || 1)
  const x = useCallback((pixels: number) => stepAxis(plannedSteps, pixels), [plannedSteps])
  const y = useCallback(
    (pixels: number) => ({
      domain: [0, top] as const,
      ticks: niceTicks(0, top, Math.max(2, Math.floor(pixels / pixelsPerTick))),
      format: axis === 'share' ? formatShare : formatTick,
      scale: 'linear' as const,
    }),
    [top, axis],
  )
  const draw = useCallback<DrawPlot>((context, plot, token) => drawEvidence(context, plot, token, scene), [scene])
  const text = evidence.map(describeEvidence).join('; ')
  return (
    <PlotBox
      className={styles['evidence']}
      label={`Evidence: ${text}`}
      caption={captions[axis]}
      x={x}
      y={y}
      right={labelWidth()}
    >
      {(plot) => (
        <>
          <CanvasLayer plot={plot} draw={draw} />
          <Labels plot={plot} scene={scene} />
        </>
      )}
    </PlotBox>
  )
}

function Labels({ plot, scene }: { readonly plot: Plot; readonly scene: Parameters<typeof placeEvidenceLabels>[1] }) {
  return placeEvidenceLabels(plot, scene).map(({ text, isLevel, y }) => (
    <span
      key={`${text} ${isLevel}`}
      className={styles['evidenceLabel']}
      data-level={isLevel}
      style={{ transform: `translate(${plot.left + plot.width + 6}px, ${y}px) translateY(-50%)` }}
      title={text}
    >
      {text}
    </span>
  ))
}

function describeEvidence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'level':
      return `${evidence.label}: ${formatMeasure(evidence.value)}`
    case 'span':
      return `${evidence.label}, steps ${evidence.from} to ${evidence.to}`
    case 'point':
      return `${evidence.label}: ${formatMeasure(evidence.value)} at step ${evidence.step}`
  }
}
