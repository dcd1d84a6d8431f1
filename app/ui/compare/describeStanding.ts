import { draftRefusal } from '../../runs/draftFaults'
import type { Contender, RunState } from '../../runs/state'
import { formatCount } from '../common/format'

/** Where a run stands beside the others, if there is something to say. */
export interface Standing {
  readonly isFault: boolean
  /** For the eye, where there is little room: “catching up 120 / 412”. */
  readonly short: string
  readonly full: string
}

/** Of the planned steps; what is reported of runs in lock-step arrives a little apart. */
const UNREMARKABLE_LAG = 0.02
/** How far apart that can be where steps are quick. */
const UNREMARKABLE_LAG_SECONDS = 0.5

/** @param leadingStep the step that the run furthest ahead has come to. */
export function describeStanding({ draft, run }: Contender, leadingStep: number): Standing | undefined {
  const refusal = draftRefusal(draft)
  if (refusal !== undefined) return { isFault: true, short: 'cannot run', full: `cannot run: ${refusal}` }
  if (!run) return { isFault: false, short: 'starting', full: 'starting' }
  const { stop } = run
  if (stop?.kind === 'non-finite') {
    const step = formatCount(stop.fault.step)
    const full = `broke off at step ${step}: ${stop.fault.where} became NaN or infinite`
    return { isFault: true, short: `broke off at ${step}`, full }
  }
  if (stop && stop.kind !== 'paused' && stop.kind !== 'finished') {
    return { isFault: true, short: 'stopped', full: `stopped: ${stop.message}` }
  }
  if (!isBehind(run, leadingStep)) return undefined
  const steps = `${formatCount(run.step)} / ${formatCount(leadingStep)}`
  const full = `catching up, step ${formatCount(run.step)} of ${formatCount(leadingStep)}; the others wait`
  return { isFault: false, short: `catching up ${steps}`, full }
}

function isBehind({ step, plannedSteps, stepsPerSecond }: RunState, leadingStep: number): boolean {
  const usual = Math.max(UNREMARKABLE_LAG * plannedSteps, UNREMARKABLE_LAG_SECONDS * stepsPerSecond)
  return leadingStep - step > usual
}
