import { useId } from 'react'
import type { Insight } from '../../runs/insights/insight'
import type { Letter, RunState } from '../../runs/state'
import { Button } from '../common/Button'
import { useCommands } from '../pageContext'
import { runLooks } from '../compare/runLook'
import { EvidenceChart } from './EvidenceChart'
import { groupEvidence } from './evidenceSeries'
import styles from './insights.module.css'

interface InsightCardProps {
  readonly insight: Insight
  readonly run: RunState
  readonly letter: Letter
  /** The letter a test would run under; undefined where all are taken. */
  readonly free: Letter | undefined
  /** Whether its reasons are shown. */
  readonly isOpen: boolean
  readonly onToggle: (isOpen: boolean) => void
}

/** A hypothesis about the run, its reasons when asked, and the way to test it. */
export function InsightCard({ insight, run, letter, free, isOpen, onToggle }: InsightCardProps) {
  const commands = useCommands()
  const whyId = useId()
  const { sentence, confidence, change, outputs } = insight
  return (
    <li className={styles['card']}>
      <div className={styles['line']}>
        <p className={styles['sentence']}>
          {sentence}{' '}
          <span className={styles['confidence']} title={confidence.reason}>
            {confidence.level} confidence
          </span>
        </p>
        <div className={styles['actions']}>
          <Button
            look="quiet"
            aria-expanded={isOpen}
            aria-controls={whyId}
            onClick={() => {
              onToggle(!isOpen)
              if (!isOpen && outputs[0] !== undefined) commands.setView({ selectedOutput: outputs[0] })
            }}
          >
            Why?
          </Button>
          {change && (
            <Button
              disabled={!free}
              title={
                free
                  ? `Starts run ${free} ${change.label} beside ${letter}, and trains both from three seeds in the background`
                  : 'Remove a run first: there is room for four.'
              }
              onClick={() => commands.testChange(change)}
            >
              Test it: {free && `run ${free} `}
              {change.label}
            </Button>
          )}
        </div>
      </div>
      <div id={whyId} hidden={!isOpen}>
        {isOpen && <Reasons insight={insight} run={run} letter={letter} />}
      </div>
    </li>
  )
}

/** The rule in words, what was measured, and where the rule comes from. */
function Reasons({ insight, run, letter }: Pick<InsightCardProps, 'insight' | 'run' | 'letter'>) {
  const { condition, confidence, source, evidence } = insight
  return (
    <div className={styles['reasons']}>
      <dl className={styles['facts']}>
        <dt>Rule</dt>
        <dd>{condition}</dd>
        <dt>Confidence</dt>
        <dd>
          {confidence.level}: {confidence.reason}
        </dd>
        <dt>Source</dt>
        <dd>{source}</dd>
      </dl>
      {[...groupEvidence(evidence)].map(([axis, group]) => (
        <EvidenceChart key={axis} run={run} look={runLooks[letter]} axis={axis} {...group} />
      ))}
    </div>
  )
}
