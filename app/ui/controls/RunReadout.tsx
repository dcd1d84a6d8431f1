import { Fragment, type ReactNode } from 'react'
import { activeDraft, activeRun, leadingRun } from '../../runs/contenders'
import type { Contender, PageState, RunState } from '../../runs/state'
import { Button } from '../common/Button'
import { formatCount, formatDuration, formatRate } from '../common/format'
import { joinClasses } from '../common/joinClasses'
import { Term } from '../common/Term'
import { useCommands, usePage } from '../pageContext'
import { useRested } from '../useRested'
import { describeHeldOut, describeResults, newestHeldOut, secondsLeft } from './describeRun'
import styles from './PlayBar.module.css'

/** “step 412 / 2,000”; the number has the room of the largest, so that nothing beside it moves. */
export function StepReadout() {
  const step = usePage((state) => leadingRun(state)?.step ?? 0)
  const plannedSteps = usePage((state) => leadingRun(state)?.plannedSteps ?? activeDraft(state).spec.training.steps)
  const planned = formatCount(plannedSteps)
  return (
    <p className={styles['step']}>
      <span className={styles['unit']}>
        <Term name="step" id="step" look="quiet" />
      </span>{' '}
      <span className={styles['count']} style={{ minWidth: `${planned.length}ch` }}>
        {formatCount(step)}
      </span>{' '}
      <span className={styles['unit']}>/ {planned}</span>
    </p>
  )
}

/** Epoch, speed and time left while there is something left to do; then how it ended and how to go on. */
export function RunReadout() {
  const finished = usePage((state) => {
    const run = leadingRun(state)
    return run?.stop?.kind === 'finished' ? run : undefined
  })
  const isAlone = usePage((state) => state.contenders.length === 1)
  const className = joinClasses(styles['readout'], !isAlone && styles['several'])
  return finished ? <Finish run={finished} className={className} /> : <Readings className={className} />
}

/** Four times a second: digits that change with every frame are not read. */
const restMillis = 240

function Readings({ className }: { readonly className: string }) {
  const epoch = useRested((state) => (activeRun(state)?.epoch ?? 0).toFixed(1), restMillis)
  const rate = useRested((state) => formatRate(leadingRun(state)?.playing ? fastest(state) : Number.NaN), restMillis)
  const left = useRested((state) => {
    const leading = leadingRun(state)
    return formatDuration(leading?.playing ? secondsLeft(leading) : Number.NaN)
  }, restMillis)
  return (
    <dl className={className}>
      <Reading label={<Term name="epoch" id="epoch" look="quiet" />} value={epoch} width={5} labelFirst />
      <Reading label="steps/s" value={rate} width={5} />
      <Reading label="left" value={left} width={5} />
    </dl>
  )
}

/** Runs in lock-step are equally fast; where one catches up the others wait for it. */
function fastest({ contenders }: PageState): number {
  return Math.max(0, ...contenders.map(({ run }) => run?.stepsPerSecond ?? 0))
}

/** The results, and how to go on. */
function Finish({ run, className }: { readonly run: RunState; readonly className: string }) {
  const contenders = usePage((state) => state.contenders)
  const commands = useCommands()
  const done = `${formatCount(run.step)} steps done`
  const isAlone = contenders.length === 1
  const results = isAlone ? describeHeldOut(run) : describeResults(contenders)
  return (
    <div className={className}>
      <span className={styles['summary']} title={results}>
        {isAlone ? (results ?? done) : <Results contenders={contenders} otherwise={done} />}
      </span>
      <Button look="strong" onClick={() => commands.continueTraining()}>
        Continue +{formatCount(run.plannedSteps)}
      </Button>
    </div>
  )
}

interface ResultsProps {
  readonly contenders: readonly Contender[]
  /** Said where nothing is held out. */
  readonly otherwise: string
}

/** “A 93.4 % · B 94.0 %”; what they measure is told to those who cannot see it in the bar of the runs. */
function Results({ contenders, otherwise }: ResultsProps) {
  const results = contenders.flatMap(({ letter, run }) => {
    const result = newestHeldOut(run)
    return result ? [{ letter, text: result.text }] : []
  })
  if (results.length === 0) return otherwise
  return results.map(({ letter, text }, index) => (
    <Fragment key={letter}>
      {index > 0 && ' · '}
      <span className={styles['result']}>
        <b>{letter}</b> {text}
      </span>
    </Fragment>
  ))
}

interface ReadingProps {
  readonly label: ReactNode
  readonly value: string
  /** Characters kept free for the value. */
  readonly width: number
  readonly labelFirst?: boolean
}

function Reading({ label, value, width, labelFirst = false }: ReadingProps) {
  return (
    <div className={labelFirst ? styles['reading'] : styles['readingReversed']}>
      <dt className={styles['unit']}>{label}</dt>
      <dd style={{ minWidth: `${width}ch` }}>{value}</dd>
    </div>
  )
}
