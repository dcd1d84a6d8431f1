import { useCallback, useMemo, useRef } from 'react'
import type { RunState } from '../../runs/state'
import { formatCount } from '../common/format'
import { Segmented } from '../common/Segmented'
import { useCommands, usePage } from '../pageContext'
import { formatMeasure } from '../charts/numbers'
import { Panel } from '../charts/Panel'
import { useRun, useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { CurvePlot } from './CurvePlot'
import { accuracyAxis, lossAxis, lossRange } from './curveScales'
import styles from './curves.module.css'
import { heldOutLine, valueAt } from './heldOutLine'
import { smooth } from './smoothing'
import { SmoothingSlider } from './SmoothingSlider'

const scales = [
  { value: 'linear', label: 'linear' },
  { value: 'log', label: 'log' },
] as const

/** Three pictures a second: drawing the curves costs as much as all the rest of the page. */
const restMillis = 280

/** Loss and accuracy over the steps, of the training batches and of the held-out samples. */
export function CurvesPanel() {
  const section = useRef<HTMLElement>(null)
  const isLive = useVisible(section)
  const run = useRun(isLive, restMillis)
  const isClassification = run?.started.data.task.kind === 'classification'
  return (
    <Panel
      title={isClassification ? 'Loss and accuracy' : 'Loss'}
      tools={<CurveTools />}
      summarise={() => (run ? summarise(run) : 'Nothing trained yet.')}
      element={section}
    >
      {run && <Curves run={run} isLive={isLive} hasAccuracy={isClassification} />}
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
  readonly run: RunState
  readonly isLive: boolean
  readonly hasAccuracy: boolean
}

function Curves({ run, isLive, hasAccuracy }: CurvesProps) {
  const shownStep = useShownStep(isLive)
  const smoothing = usePage((state) => state.view.smoothing)
  const isLog = usePage((state) => state.view.logLoss)
  const loss = useCurve(run, 'loss', 'heldOutLoss', smoothing)
  const accuracy = useCurve(run, 'accuracy', 'heldOutAccuracy', smoothing)
  const { low, high, top } = useMemo(() => lossRange(loss.raw, loss.heldOut), [loss])
  const lossY = useCallback((pixels: number) => lossAxis({ low, high, top }, isLog, pixels), [low, high, top, isLog])
  return (
    <div className={styles['plots']}>
      <CurvePlot
        {...{ run, shownStep }}
        name="loss"
        lines={loss}
        y={lossY}
        format={formatMeasure}
        quietX={hasAccuracy}
      />
      {hasAccuracy && (
        <CurvePlot
          {...{ run, shownStep }}
          name="accuracy"
          lines={accuracy}
          y={accuracyAxis}
          format={formatAccuracy}
          quietX={false}
        />
      )}
    </div>
  )
}

/** The lines of one quantity, worked out anew when the run moved on. */
function useCurve(
  run: RunState,
  key: 'loss' | 'accuracy',
  heldOutKey: 'heldOutLoss' | 'heldOutAccuracy',
  smoothing: number,
) {
  const { history, revision } = run
  return useMemo(() => {
    // The series grows in place under the same identity; `revision` says when, and what is read here is its length.
    const { steps, length, [key]: values } = history.training
    const raw = { steps, values, length, revision }
    return { raw, training: smooth(raw, smoothing), heldOut: heldOutLine(history.columns, heldOutKey) }
  }, [history, revision, key, heldOutKey, smoothing])
}

/** One decimal: the difference between 97.1 and 97.9 % is what is looked for. */
function formatAccuracy(value: number): string {
  return Number.isFinite(value) ? `${(value * 100).toFixed(1)}\u202f%` : '–'
}

function summarise(run: RunState): string {
  const { training, columns } = run.history
  if (training.length === 0) return 'Nothing trained yet.'
  const loss = formatMeasure(training.loss[training.length - 1] ?? Number.NaN)
  const lossThere = valueAt(heldOutLine(columns, 'heldOutLoss'), undefined)
  const heldOutLoss = Number.isFinite(lossThere) ? `, held-out loss ${formatMeasure(lossThere)}` : ''
  const accuracy = valueAt(heldOutLine(columns, 'heldOutAccuracy'), undefined)
  const heldOutAccuracy = Number.isFinite(accuracy) ? `, held-out accuracy ${formatAccuracy(accuracy)}` : ''
  return `Step ${formatCount(run.step)}: training loss ${loss}${heldOutLoss}${heldOutAccuracy}.`
}
