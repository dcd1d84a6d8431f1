import type { RunState } from '../../runs/state'
import { formatCount, formatLoss, formatPercent } from '../common/format'

/** The last held-out result as words: “held-out accuracy 93.4 %”; the loss for regression; undefined before any. */
export function describeHeldOut(run: Pick<RunState, 'history'>): string | undefined {
  const column = run.history.columns.at(-1)
  if (column?.heldOutLoss === undefined) return undefined
  const { heldOutAccuracy } = column
  if (heldOutAccuracy !== undefined && !Number.isNaN(heldOutAccuracy)) {
    return `held-out accuracy ${formatPercent(heldOutAccuracy)}`
  }
  return `held-out loss ${formatLoss(column.heldOutLoss)}`
}

interface AnnouncedRun extends Pick<RunState, 'playing' | 'stop' | 'step' | 'history'> {
  readonly spec: Pick<RunState['spec'], 'name'>
}

/** One sentence for the live region; changes only when the run begins, stops or ends, never with every step. */
export function announceRun(run: AnnouncedRun | undefined): string {
  if (!run) return ''
  if (run.playing) return `Training ${run.spec.name}.`
  const { stop } = run
  switch (stop?.kind) {
    case undefined:
      return ''
    case 'paused':
      return `Paused at step ${formatCount(run.step)}.`
    case 'finished': {
      const result = describeHeldOut(run)
      return `Finished ${formatCount(run.step)} steps${result ? `, ${result}` : ''}.`
    }
    case 'non-finite':
      return `Training stopped at step ${formatCount(stop.fault.step)}: ${stop.fault.where} became NaN or infinite.`
    case 'device-lost':
    case 'failed':
      return `Training stopped. ${stop.message}`
  }
}

/** Whether pressing play would do anything: not at the end, and not after a stop that needs another remedy. */
export function canPlay(run: Pick<RunState, 'stop'> | undefined): boolean {
  return run !== undefined && (run.stop === undefined || run.stop.kind === 'paused')
}

/** Whether one more update is possible: also beyond the planned ones, but not where training broke off. */
export function canStep(run: Pick<RunState, 'stop'> | undefined): boolean {
  return canPlay(run) || run?.stop?.kind === 'finished'
}

/** Seconds until the planned steps are done at the present pace; infinite while nothing moves. */
export function secondsLeft(run: Pick<RunState, 'step' | 'plannedSteps' | 'stepsPerSecond'>): number {
  const stepsLeft = Math.max(0, run.plannedSteps - run.step)
  return stepsLeft === 0 ? 0 : stepsLeft / run.stepsPerSecond
}
