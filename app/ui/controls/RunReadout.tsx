import { activeDraft, leadingRun } from '../../runs/contenders'
import { Button } from '../common/Button'
import { formatCount, formatDuration, formatRate } from '../common/format'
import { useCommands, usePage } from '../pageContext'
import { describeHeldOut, secondsLeft } from './describeRun'
import styles from './PlayBar.module.css'

/** “step 412 / 2,000”; the number has the room of the largest, so that nothing beside it moves. */
export function StepReadout() {
  const step = usePage((state) => leadingRun(state)?.step ?? 0)
  const plannedSteps = usePage((state) => leadingRun(state)?.plannedSteps ?? activeDraft(state).spec.training.steps)
  const planned = formatCount(plannedSteps)
  return (
    <p className={styles['step']}>
      <span className={styles['unit']}>step</span>{' '}
      <span className={styles['count']} style={{ minWidth: `${planned.length}ch` }}>
        {formatCount(step)}
      </span>{' '}
      <span className={styles['unit']}>/ {planned}</span>
    </p>
  )
}

/** Epoch, speed and time left while there is something left to do; then how it ended and how to go on. */
export function RunReadout() {
  const run = usePage((state) => leadingRun(state))
  const commands = useCommands()
  if (run?.stop?.kind === 'finished') {
    const more = formatCount(run.plannedSteps)
    return (
      <div className={styles['readout']}>
        <span className={styles['summary']}>{describeHeldOut(run) ?? `${formatCount(run.step)} steps done`}</span>
        <Button look="strong" onClick={() => commands.continueTraining()}>
          Continue +{more}
        </Button>
      </div>
    )
  }
  return (
    <dl className={styles['readout']}>
      <Reading label="epoch" value={(run?.epoch ?? 0).toFixed(1)} width={5} labelFirst />
      <Reading label="steps/s" value={formatRate(run?.playing ? run.stepsPerSecond : Number.NaN)} width={5} />
      <Reading label="left" value={formatDuration(run?.playing ? secondsLeft(run) : Number.NaN)} width={5} />
    </dl>
  )
}

interface ReadingProps {
  readonly label: string
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
