import type { ProbesOutcome } from '../worker/protocol'
import type { RunProbes } from './state'

/** Before any were asked for. */
export const NO_PROBES: RunProbes = { underWay: undefined, measured: [], failure: undefined }

/** Why a run has no linear probes; undefined where it can have them. */
export function whyNoProbes(data: {
  readonly task: { readonly kind: string }
  readonly heldOutCount: number
}): string | undefined {
  if (data.task.kind !== 'classification') return 'No probes: these data have no classes to be read off.'
  return data.heldOutCount === 0 ? 'No probes: nothing is held out to judge them on.' : undefined
}

/** Measurements that are kept. */
const MOST_MEASURED = 8

/** What remains when a measurement has come to its end; where it was cancelled, what was known before. */
export function endProbes({ measured }: RunProbes, outcome: ProbesOutcome): RunProbes {
  switch (outcome.kind) {
    case 'measured':
      return {
        ...NO_PROBES,
        measured: [...withoutStep(measured, outcome.probes.step), outcome.probes].slice(-MOST_MEASURED),
      }
    case 'cancelled':
      return { ...NO_PROBES, measured }
    case 'failed':
      return { underWay: undefined, measured, failure: outcome.message }
  }
}

/** Of one step there is one measurement: asked for again at rest, it comes to the same. */
function withoutStep(measured: RunProbes['measured'], step: number): RunProbes['measured'] {
  return measured.filter((before) => before.step !== step)
}
