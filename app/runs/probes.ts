import type { ProbesOutcome } from '../worker/protocol'
import type { RunProbes } from './state'

/** Before any were asked for. */
export const NO_PROBES: RunProbes = { underWay: undefined, measured: [], failure: undefined }

/** Measurements that are kept. */
const MOST_MEASURED = 8

/** What remains when a measurement has come to its end; where it was cancelled, what was known before. */
export function endProbes({ measured }: RunProbes, outcome: ProbesOutcome): RunProbes {
  switch (outcome.kind) {
    case 'measured':
      return { ...NO_PROBES, measured: [...measured, outcome.probes].slice(-MOST_MEASURED) }
    case 'cancelled':
      return { ...NO_PROBES, measured }
    case 'failed':
      return { underWay: undefined, measured, failure: outcome.message }
  }
}
