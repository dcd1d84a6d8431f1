import { memo, useId, useMemo, type KeyboardEvent } from 'react'
import { batchSource, shareBatches } from '../../runs/comparison'
import type { Contender, Origin } from '../../runs/state'
import { IconButton } from '../common/Button'
import { formatCount } from '../common/format'
import { joinClasses } from '../common/joinClasses'
import { visuallyHidden } from '../common/visuallyHidden'
import { newestHeldOut } from '../controls/describeRun'
import { useCommands } from '../pageContext'
import { describeDifference } from './describeDifference'
import { describeStanding } from './describeStanding'
import styles from './RunChip.module.css'
import { RunMark } from './RunMark'

interface RunChipProps {
  readonly contender: Contender
  readonly baseline: Contender
  readonly isActive: boolean
  /** The step that the run furthest ahead has come to. */
  readonly leadingStep: number
  /** The step whose held-out values are shown of all that are there; undefined shows the newest of this one. */
  readonly sharedStep: number | undefined
  /** Name of the group of radio buttons that all chips belong to. */
  readonly group: string
  readonly onRemove: (letter: Contender['letter']) => void
}

/** One of several runs: choosing it makes it the one that is edited and looked at closely. */
export function RunChip({ contender, baseline, isActive, leadingStep, sharedStep, group, onRemove }: RunChipProps) {
  const { letter } = contender
  const commands = useCommands()
  const detailsId = useId()
  const difference = useDifference(contender, baseline)
  const hasOwnBatches = useOwnBatches(contender, baseline)
  const standing = describeStanding(contender, leadingStep)
  const heldOut = newestHeldOut(contender.run, sharedStep)
  const details = [
    heldOut && `held-out ${heldOut.measure} ${heldOut.text} at step ${formatCount(heldOut.step)}`,
    standing?.full,
    contender.origin && describeOrigin(contender.origin),
    hasOwnBatches && `different batches than ${baseline.letter}`,
  ].filter(Boolean)
  const removeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return
    event.preventDefault()
    onRemove(letter)
  }
  return (
    <div className={styles['chip']} data-active={isActive}>
      <label className={styles['face']} title={`${letter}: ${[difference, ...details].join(', ')}`}>
        <input
          type="radio"
          className={styles['input']}
          name={group}
          value={letter}
          checked={isActive}
          onChange={() => commands.activate(letter)}
          onKeyDown={removeByKey}
          aria-label={`Run ${letter}, ${difference}`}
          aria-describedby={detailsId}
        />
        <span className={styles['words']} aria-hidden="true">
          <RunMark letter={letter} />
          <span className={styles['value']}>{heldOut?.text ?? '–'}</span>
          <span className={styles['difference']}>{difference}</span>
          {contender.origin?.keepsWeights && (
            <span className={styles['batches']}>from {formatCount(contender.origin.step)}</span>
          )}
          {standing ? (
            <span className={joinClasses(styles['standing'], standing.isFault && styles['fault'])}>
              {standing.short}
            </span>
          ) : (
            hasOwnBatches && (
              <span className={styles['batches']}>
                <span className={styles['long']}>different</span>
                <span className={styles['brief']}>≠</span> batches
              </span>
            )
          )}
        </span>
        <span id={detailsId} className={visuallyHidden}>
          {details.join(', ')}
        </span>
      </label>
      <ChipTools letter={letter} isBaseline={letter === baseline.letter} onRemove={onRemove} />
    </div>
  )
}

function describeOrigin({ letter, step, keepsWeights }: Origin): string {
  return keepsWeights
    ? `forked from ${letter} at step ${formatCount(step)}`
    : `from step 0, because its layers differ from those of ${letter}`
}

interface ChipToolsProps {
  readonly letter: Contender['letter']
  readonly isBaseline: boolean
  readonly onRemove: RunChipProps['onRemove']
}

const ChipTools = memo(function ChipTools({ letter, isBaseline, onRemove }: ChipToolsProps) {
  const commands = useCommands()
  return (
    <div className={styles['tools']}>
      <IconButton
        icon="pin"
        label={`Compare the others with ${letter}`}
        aria-pressed={isBaseline}
        className={styles['tool']}
        onClick={() => commands.pin(letter)}
      />
      <IconButton icon="close" label={`Remove ${letter}`} className={styles['tool']} onClick={() => onRemove(letter)} />
    </div>
  )
})

/** Whether numbers of the run cannot be held against the baseline's batch by batch. */
function useOwnBatches(contender: Contender, baseline: Contender): boolean {
  const { spec, data } = batchSource(contender)
  const { spec: baselineSpec, data: baselineData } = batchSource(baseline)
  return useMemo(
    () => !shareBatches({ spec, data }, { spec: baselineSpec, data: baselineData }),
    [spec, data, baselineSpec, baselineData],
  )
}

/** What the run differs in from the baseline, in a few words. */
function useDifference({ letter, draft: { spec } }: Contender, baseline: Contender): string {
  const baselineSpec = baseline.draft.spec
  return useMemo(() => {
    if (letter === baseline.letter) return 'baseline'
    return describeDifference(baselineSpec, spec).join(', ') || `same as ${baseline.letter}`
  }, [letter, baseline.letter, baselineSpec, spec])
}
