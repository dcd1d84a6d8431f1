import { useCallback, useMemo, useRef } from 'react'
import type { PlaneSummary, RunState } from '../../runs/state'
import { formatCount } from '../common/format'
import { CanvasLayer, type DrawPlot } from '../charts/CanvasLayer'
import { axisHeight, axisWidth } from '../charts/Axes'
import { formatTick } from '../charts/numbers'
import { Panel } from '../charts/Panel'
import { PlotBox } from '../charts/PlotBox'
import { parseColour } from '../charts/parseColour'
import { niceTicks } from '../charts/ticks'
import { useElementSize } from '../charts/useElementSize'
import { useRun } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { cssColour } from '../charts/viridis'
import { typePixels } from '../theme/typeScale'
import { drawPoints } from './drawPoints'
import styles from './surface.module.css'
import { classColour, surfaceShader, valueColour } from './surfaceColours'
import { SurfaceKey } from './SurfaceKey'
import { surfacePixels } from './surfacePixels'

/** For data in the plane: what the network says everywhere on it, and the samples it has to get right. */
export function SurfacePanel() {
  const section = useRef<HTMLElement>(null)
  const isLive = useVisible(section)
  const run = useRun(isLive)
  const plane = run?.started.plane
  const task = run?.started.data.task
  const surface = run?.surface
  return (
    <Panel
      title={task?.kind === 'regression' ? 'Prediction' : 'Decision surface'}
      term="decisionSurface"
      note={surface && `step ${formatCount(surface.step)}`}
      summarise={() => (run && plane ? summarise(run, plane) : 'The data do not lie in a plane.')}
      element={section}
    >
      {run && plane && (
        <>
          <SurfacePlot run={run} plane={plane} />
          <SurfaceKey task={run.started.data.task} largest={largestTarget(plane)} />
        </>
      )}
    </Panel>
  )
}

const right = 14
/** What a plot box needs besides the plot itself, pixels. */
const around = () => ({ width: axisWidth() + right, height: axisHeight() + typePixels(18) })

/** The largest square plot that fits: both coordinates have the same scale. */
function SurfacePlot({ run, plane }: { readonly run: RunState; readonly plane: PlaneSummary }) {
  const box = useRef<HTMLDivElement>(null)
  const size = useElementSize(box)
  const side = size ? Math.max(0, Math.min(size.width - around().width, size.height - around().height)) : 0
  const { extent } = plane
  const axis = useCallback(
    (pixels: number) => ({
      domain: [-extent, extent] as const,
      ticks: niceTicks(-extent, extent, Math.max(2, Math.floor(pixels / 40))),
      format: formatTick,
      scale: 'linear' as const,
    }),
    [extent],
  )
  const { surface } = run
  const { task } = run.started.data
  const drawSurface = useCallback<DrawPlot>(
    (context, plot, token) => {
      if (!surface) return
      const ground = parseColour(token('--surface'))
      const shade = surfaceShader(task, surface.outputs, largestTarget(plane), ground)
      const image = document.createElement('canvas')
      image.width = surface.resolution
      image.height = surface.resolution
      const pixels = new ImageData(surfacePixels(surface, shade), surface.resolution, surface.resolution)
      image.getContext('2d')?.putImageData(pixels, 0, 0)
      context.imageSmoothingQuality = 'high'
      context.drawImage(image, plot.left, plot.top, plot.width, plot.height)
    },
    [surface, task, plane],
  )
  const drawSamples = useCallback<DrawPlot>(
    (context, plot, token) => {
      const ground = token('--surface')
      const colour = (target: number) =>
        cssColour(
          task.kind === 'regression'
            ? valueColour(target, largestTarget(plane), parseColour(ground))
            : classColour(target),
        )
      drawPoints(context, plot, plane, colour, task.kind === 'regression' ? token('--ink-faint') : ground)
    },
    [task, plane],
  )
  const style = useMemo(() => ({ width: side + around().width, height: side + around().height }), [side])
  return (
    <div ref={box} className={styles['plot']}>
      <div className={styles['square']} style={style}>
        <PlotBox label="Plane of the data" caption="second feature over first" x={axis} y={axis} right={right}>
          {(plot) => (
            <>
              <CanvasLayer plot={plot} draw={drawSurface} />
              <CanvasLayer plot={plot} draw={drawSamples} />
            </>
          )}
        </PlotBox>
      </div>
    </div>
  )
}

function largestTarget(plane: PlaneSummary): number {
  return plane.training.targets.reduce((largest, target) => Math.max(largest, Math.abs(target)), Number.MIN_VALUE)
}

function summarise(run: RunState, plane: PlaneSummary): string {
  const { task } = run.started.data
  const kinds = task.kind === 'classification' ? `${task.classes} classes` : 'a value to predict'
  const drawn = run.surface ? `the network’s answer at step ${formatCount(run.surface.step)}` : 'no answer yet'
  return (
    `A plane with ${plane.training.targets.length} training and ${plane.heldOut.targets.length} held-out samples of ` +
    `${kinds}, over ${drawn}.`
  )
}
