import { useCallback, useMemo, useRef } from 'react'
import { classifies } from '../../runs/classifies'
import { Segmented } from '../common/Segmented'
import { useCommands, usePage } from '../pageContext'
import { useRuns, type LetteredRun } from '../compare/useRuns'
import { formatAccuracy, formatMeasure } from '../charts/numbers'
import { Panel } from '../charts/Panel'
import { useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { CurvePlot } from './CurvePlot'
import { accuracyAxis, lossAxis, lossRange } from './curveScales'
import styles from './curves.module.css'
import { furthestColumns, runCurves } from './runCurves'
import { SmoothingSlider } from './SmoothingSlider'
import { summariseCurves } from './summariseCurves'

const scales = [
  { value: 'linear', label: 'linear' },
  { value: 'log', label: 'log' },
] as const

/** Three pictures a second: drawing the curves costs as much as all the rest of the page. */
const restMillis = 280

/** Loss and accuracy over the steps, of the training batches and of the held-out samples of every run. */
export function CurvesPanel() {
  const section = useRef<HTMLElement>(null)
  const isLive = useVisible(section)
  const runs = useRuns(isLive, restMillis)
  const hasAccuracy = runs.some(({ run }) => classifies(run))
  return (
    <Panel
      title={hasAccuracy ? 'Loss and accuracy' : 'Loss'}
      tools={<CurveTools />}
      summarise={() => summariseCurves(runs)}
      element={section}
    >
      {runs.length > 0 && <Curves {...{ runs, isLive, hasAccuracy }} />}
    </Panel>
  )
}

function CurveTools() {
  const commands = useCommands()
  const isLog = usePage((state) => state.view.logLoss)
  return (
    <>
      <SmoothingSlider />
      <Segmented
        label="Scale of the loss"
        value={isLog ? 'log' : 'linear'}
        options={scales}
        onChange={(scale) => commands.setView({ logLoss: scale === 'log' })}
      />
    </>
  )
}

interface CurvesProps {
  readonly runs: readonly LetteredRun[]
  readonly isLive: boolean
  readonly hasAccuracy: boolean
}

function Curves({ runs, isLive, hasAccuracy }: CurvesProps) {
  const shownStep = useShownStep(isLive)
  const smoothing = usePage((state) => state.view.smoothing)
  const isLog = usePage((state) => state.view.logLoss)
  const loss = useMemo(() => runs.map((run) => runCurves(run, 'loss', smoothing)), [runs, smoothing])
  const accuracy = useMemo(() => runs.map((run) => runCurves(run, 'accuracy', smoothing)), [runs, smoothing])
  const { low, high, top } = useMemo(() => lossRange(loss), [loss])
  const lossY = useCallback((pixels: number) => lossAxis({ low, high, top }, isLog, pixels), [low, high, top, isLog])
  const plannedSteps = Math.max(...runs.map(({ run }) => run.plannedSteps))
  const columns = furthestColumns(runs)
  return (
    <div className={styles['plots']}>
      <CurvePlot
        {...{ shownStep, plannedSteps, columns }}
        quantity="loss"
        curves={loss}
        y={lossY}
        format={formatMeasure}
        isUpper
        isLower={!hasAccuracy}
      />
      {hasAccuracy && (
        <CurvePlot
          {...{ shownStep, plannedSteps, columns }}
          quantity="accuracy"
          curves={accuracy}
          y={accuracyAxis}
          format={formatAccuracy}
          isUpper={false}
          isLower
        />
      )}
    </div>
  )
}
