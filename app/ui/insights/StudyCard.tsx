import type { Study } from '../../runs/study'
import { studyProgress, summariseGroup } from '../../runs/study'
import { slimPlanOf } from '../../runs/slimStudy'
import { Button, IconButton } from '../common/Button'
import { formatCount, formatLoss, formatPercent } from '../common/format'
import { useCommands } from '../pageContext'
import styles from './insights.module.css'
import { SlimPath } from './SlimPath'
import { describeSlimming, describeVerdict, formatEstimate } from './verdict'

/** A study: how far it is, what it has found so far, and the numbers behind it. */
export function StudyCard({ study }: { readonly study: Study }) {
  const commands = useCommands()
  const title = titleOf(study)
  const isRunning = study.state === 'running'
  return (
    <li className={styles['card']}>
      <div className={styles['line']}>
        <p className={styles['sentence']}>
          <strong>{title}</strong> {describeStudy(study)}
        </p>
        <div className={styles['actions']}>
          {isRunning && (
            <>
              <progress className={styles['progress']} value={studyProgress(study)} max={1} aria-label={title} />
              <Button look="quiet" onClick={() => commands.cancelStudy(study.id)}>
                Stop
              </Button>
            </>
          )}
          {study.question.kind === 'slimDown' && <Adopt study={study} />}
          {!isRunning && (
            <IconButton icon="close" label={`Dismiss ${title}`} onClick={() => commands.dismissStudy(study.id)} />
          )}
        </div>
      </div>
      {study.question.kind === 'slimDown' && <SlimPath study={study} tolerance={study.question.tolerance} />}
      {study.question.kind !== 'slimDown' && <GroupTable study={study} />}
    </li>
  )
}

function titleOf({ question, groups }: Study): string {
  const seeds = groups[0]?.trials.length ?? 0
  switch (question.kind) {
    case 'seeds':
      return `${seeds} seeds each.`
    case 'change':
      return `Test ${question.hypothesis}.`
    case 'slimDown':
      return `Slim down ${groups[0]?.name ?? ''}.`
  }
}

function describeStudy(study: Study): string {
  if (study.state === 'cancelled') return 'Stopped.'
  switch (study.question.kind) {
    case 'seeds':
      return study.state === 'done' ? '' : 'Training in the background.'
    case 'change':
      return describeVerdict(study) ?? 'Training both in the background.'
    case 'slimDown': {
      const plan = slimPlanOf(study, study.question.tolerance)
      return plan ? describeSlimming(plan) : ''
    }
  }
}

/** Runs the network that is left beside the active one. */
function Adopt({ study }: { readonly study: Study }) {
  const commands = useCommands()
  const plan = study.question.kind === 'slimDown' ? slimPlanOf(study, study.question.tolerance) : undefined
  const isSmaller = plan?.kind === 'done' && plan.path.filter(({ accepted }) => accepted).length > 1
  if (!plan || !isSmaller) return null
  return <Button onClick={() => commands.fork({ spec: plan.spec })}>Run the slim network</Button>
}

/** Mean and spread of each group over its seeds. */
function GroupTable({ study }: { readonly study: Study }) {
  const summaries = study.groups.map((group) => ({ group, summary: summariseGroup(group, study.data) }))
  const hasAccuracy = summaries.some(({ summary }) => summary.accuracy)
  return (
    <table className={styles['groups']}>
      <thead>
        <tr>
          <th scope="col">Network</th>
          <th scope="col">Seeds</th>
          {hasAccuracy && <th scope="col">Held-out accuracy</th>}
          <th scope="col">Held-out loss</th>
          <th scope="col">Training loss</th>
          <th scope="col">Parameters</th>
          <th scope="col">ms a step</th>
        </tr>
      </thead>
      <tbody>
        {summaries.map(({ group, summary }) => (
          <tr key={group.name}>
            <th scope="row">{group.name}</th>
            <td>
              {group.trials.filter(({ outcome }) => outcome).length} of {group.trials.length}
            </td>
            {hasAccuracy && <td>{formatEstimate(summary.accuracy, formatPercent)}</td>}
            <td>{formatEstimate(summary.heldOutLoss, formatLoss)}</td>
            <td>{formatEstimate(summary.loss, formatLoss)}</td>
            <td>{formatCount(summary.parameters)}</td>
            <td>{formatEstimate(summary.millisPerStep, (value) => value.toFixed(1))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
