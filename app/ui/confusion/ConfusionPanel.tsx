import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { confusionFigures, countConfusion, type ConfusionMatrix } from '../../metrics/confusion'
import type { Predictions, RunState } from '../../runs/state'
import { Panel } from '../charts/Panel'
import { useRun, useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { useWatching } from '../charts/useWatching'
import { formatAccuracy } from '../charts/numbers'
import { Button } from '../common/Button'
import { formatCount } from '../common/format'
import { Segmented } from '../common/Segmented'
import { Term } from '../common/Term'
import { useCommands } from '../pageContext'
import styles from './confusion.module.css'
import { ConfusionBody } from './ConfusionBody'
import { describeSamples, summariseConfusion } from './confusionText'
import type { CellUnit } from './MatrixGrid'

/** Numbers that are read more than watched: four times a second. */
const restMillis = 250

const units = [
  { value: 'share', label: 'shares', title: 'Per cent of the samples of the true class' },
  { value: 'count', label: 'counts', title: 'Samples' },
] as const

/** Which classes a network takes for which, and the samples it is wrong about. */
export function ConfusionPanel() {
  const section = useRef<HTMLElement>(null)
  const bodyId = useId()
  const isLive = useVisible(section)
  const run = useRun(isLive, restMillis)
  const [isOpen, setOpen] = useState(true)
  const [unit, setUnit] = useState<CellUnit>('share')
  useWatch(run, isLive && isOpen)
  const predictions = run?.predictions.newest
  const task = run?.started.data.task
  const names = task?.kind === 'classification' ? task.classNames : noNames
  const matrix = useMemo(
    () => countConfusion(predictions?.truth ?? [], predictions?.predicted ?? [], names.length),
    [predictions, names],
  )
  return (
    <Panel
      title="Confusion"
      term="confusionMatrix"
      note={predictions ? <Figures {...{ predictions, matrix }} /> : 'Nothing predicted yet.'}
      tools={
        <>
          <Segmented label="What the cells say" value={unit} options={units} onChange={setUnit} />
          <Button look="quiet" aria-expanded={isOpen} aria-controls={bodyId} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide' : 'Show'}
          </Button>
        </>
      }
      summarise={() => (run ? summariseConfusion(run, matrix, names) : 'Nothing predicted yet.')}
      element={section}
    >
      <output className={styles['failure']}>{run?.predictions.failure}</output>
      <div id={bodyId} className={styles['body']} hidden={!isOpen}>
        {isOpen && run && predictions && <ConfusionBody key={run.id} {...{ run, predictions, matrix, names, unit }} />}
      </div>
    </Panel>
  )
}

function Figures({ predictions, matrix }: { readonly predictions: Predictions; readonly matrix: ConfusionMatrix }) {
  const { accuracy, macroF1 } = confusionFigures(matrix)
  return (
    <>
      step {formatCount(predictions.step)} · accuracy {formatAccuracy(accuracy)} ·{' '}
      <Term name="F1" id="macroF1" look="quiet" /> {formatAccuracy(macroF1)} · {describeSamples(predictions)}
    </>
  )
}

const noNames: readonly string[] = []

/** Has the run predict for as long as somebody looks, at the step that everything is shown at. */
function useWatch(run: RunState | undefined, isLive: boolean): void {
  const commands = useCommands()
  const step = useShownStep(isLive)
  const watched = useWatching(isLive) ? run?.id : undefined
  useEffect(() => {
    if (watched === undefined) return
    commands.watchPredictions({ step })
  }, [commands, watched, step])
  useEffect(() => {
    if (watched === undefined) return undefined
    return () => commands.watchPredictions()
  }, [commands, watched])
}
