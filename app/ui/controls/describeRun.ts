import type { Letter, RunState } from '../../runs/state'
import { formatCount, formatLoss, formatPercent } from '../common/format'

/** What came out for the held-out samples last, and by which measure: loss where accuracy says nothing. */
interface HeldOutResult {
  readonly measure: 'accuracy' | 'loss'
  /** “93.4 %”. */
  readonly text: string
  readonly step: number
}

/**
 * Undefined before there is any.
 * @param at the step of the column to read; the newest where the run has none there.
 */
export function newestHeldOut(run: Pick<RunState, 'history'> | undefined, at?: number): HeldOutResult | undefined {
  const columns = run?.history.columns
  const column = columns?.findLast((candidate) => candidate.step === at) ?? columns?.at(-1)
  if (column?.heldOutLoss === undefined) return undefined
  const { heldOutAccuracy, step } = column
  if (heldOutAccuracy !== undefined && !Number.isNaN(heldOutAccuracy)) {
    return { measure: 'accuracy', text: formatPercent(heldOutAccuracy), step }
  }
  return { measure: 'loss', text: formatLoss(column.heldOutLoss), step }
}

/** The last held-out result as words: “held-out accuracy 93.4 %”; the loss for regression; undefined before any. */
export function describeHeldOut(run: Pick<RunState, 'history'>): string | undefined {
  const result = newestHeldOut(run)
  return result && `held-out ${result.measure} ${result.text}`
}

interface NamedRun {
  readonly letter: Letter
  readonly run: Pick<RunState, 'history'> | undefined
}

/** The last held-out results of runs side by side: “held-out accuracy A 93.4 %, B 94.0 %”; undefined before any. */
export function describeResults(runs: readonly NamedRun[]): string | undefined {
  const results = runs.flatMap(({ letter, run }) => {
    const result = newestHeldOut(run)
    return result ? [{ letter, ...result }] : []
  })
  const measures = (['accuracy', 'loss'] as const).flatMap((measure) => {
    const texts = results.filter((result) => result.measure === measure).map(({ letter, text }) => `${letter} ${text}`)
    return texts.length > 0 ? [`held-out ${measure} ${texts.join(', ')}`] : []
  })
  return measures.length > 0 ? measures.join('; ') : undefined
}

interface AnnouncedRun extends Pick<RunState, 'playing' | 'stop' | 'step' | 'history'> {
  readonly spec: Pick<RunState['spec'], 'name'>
}

/**
 * One sentence for the live region; changes only when training begins, stops or ends, never with every step.
 * @param run the one that says where the race stands.
 * @param all the runs side by side.
 */
export function announceRun(run: AnnouncedRun | undefined, all: readonly NamedRun[]): string {
  if (!run) return ''
  const isAlone = all.length === 1
  // Which of several is ahead may change with every frame: what is said of them together must not.
  if (run.playing) return isAlone ? `Training ${run.spec.name}.` : `Training ${all.length} runs side by side.`
  const { stop } = run
  switch (stop?.kind) {
    case undefined:
      return ''
    case 'paused':
      return `Paused at step ${formatCount(run.step)}.`
    case 'finished': {
      const result = isAlone ? describeHeldOut(run) : describeResults(all)
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
