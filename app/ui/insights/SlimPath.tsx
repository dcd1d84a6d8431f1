import { useCallback, useMemo } from 'react'
import { slimPlanOf } from '../../runs/slimStudy'
import type { SlimPoint } from '../../runs/slimDown'
import type { Study } from '../../runs/study'
import { CanvasLayer, type DrawPlot } from '../charts/CanvasLayer'
import { formatStepTick, formatTick } from '../charts/numbers'
import { PlotBox } from '../charts/PlotBox'
import { niceTicks, niceTop } from '../charts/ticks'
import { formatCount, formatLoss, formatPercent } from '../common/format'
import styles from './insights.module.css'

interface SlimPathProps {
  readonly study: Study
  readonly tolerance: number
}

const pointRadius = 3.5
const pixelsPerTick = { x: 70, y: 26 } as const
const right = 16

/** The path of a network that gets smaller: score over parameters, with every network that was tried. */
export function SlimPath({ study, tolerance }: SlimPathProps) {
  const plan = useMemo(() => slimPlanOf(study, tolerance), [study, tolerance])
  const path = useMemo(() => plan?.path.filter(({ score }) => Number.isFinite(score)) ?? [], [plan])
  const most = niceTop(Math.max(1, ...path.map(({ parameters }) => parameters)))
  const isAccuracy = path[0]?.isAccuracy ?? true
  const scores = path.map(({ score }) => score)
  const [low, high] = scoreRange(scores, tolerance)
  const x = useCallback(
    (pixels: number) => ({
      domain: [0, most] as const,
      ticks: niceTicks(0, most, Math.max(2, Math.floor(pixels / pixelsPerTick.x))),
      format: formatStepTick,
      scale: 'linear' as const,
    }),
    [most],
  )
  const y = useCallback(
    (pixels: number) => ({
      domain: [low, high] as const,
      ticks: niceTicks(low, high, Math.max(2, Math.floor(pixels / pixelsPerTick.y))),
      format: isAccuracy ? formatPercent : formatTick,
      scale: 'linear' as const,
    }),
    [low, high, isAccuracy],
  )
  const draw = useCallback<DrawPlot>(
    (context, plot, token) => {
      const accepted = path.filter((point) => point.accepted)
      context.strokeStyle = token('--accent')
      context.fillStyle = token('--accent')
      context.lineWidth = 1.5
      context.beginPath()
      for (const { parameters, score } of accepted) context.lineTo(plot.x(parameters), plot.y(score))
      context.stroke()
      for (const point of path) {
        context.beginPath()
        context.arc(plot.x(point.parameters), plot.y(point.score), pointRadius, 0, 2 * Math.PI)
        if (point.accepted) context.fill()
        else context.stroke()
      }
    },
    [path],
  )
  if (path.length === 0) return null
  const format = isAccuracy ? formatPercent : formatLoss
  return (
    <div className={styles['slim']}>
      <PlotBox
        className={styles['evidence']}
        label="Held-out score over parameters"
        caption={`held-out ${isAccuracy ? 'accuracy' : 'loss'} over parameters · filled: kept, hollow: cost too much`}
        x={x}
        y={y}
        right={right}
      >
        {(plot) => <CanvasLayer plot={plot} draw={draw} />}
      </PlotBox>
      <ol className={styles['path']}>
        {path.map((point, index) => (
          <li key={index} data-accepted={point.accepted}>
            {describePoint(point, format)}
          </li>
        ))}
      </ol>
    </div>
  )
}

function describePoint({ cut, parameters, score, spread, accepted }: SlimPoint, format: (value: number) => string) {
  const verdict = accepted ? '' : ', cost too much'
  return `${cut}: ${formatCount(parameters)} parameters, ${format(score)} (±${format(spread / 2).replace(' %', '')})${verdict}`
}

/** Holds every score, and some room around the tolerance so that small differences do not look large. */
function scoreRange(scores: readonly number[], tolerance: number): readonly [number, number] {
  const low = Math.min(...scores)
  const high = Math.max(...scores)
  const room = Math.max((high - low) * 0.1, tolerance)
  return [low - room, high + room]
}
