import { describeArchitecture } from '../experiment/architecture'
import { intrinsicDimension } from '../metrics/varianceSums'
import type { TrialResult } from '../worker/protocol'
import { planSlimDown, type SlimOutcome, type SlimPlan, type SlimTrial } from './slimDown'
import type { Study, TrialGroup } from './study'

/**
 * Where a study that slims a network down stands: the path so far, and the network to try next or the one that is left.
 * Groups that are still being trained do not count.
 */
export function slimPlanOf({ groups, data }: Study, tolerance: number): SlimPlan | undefined {
  const [first] = groups
  if (!first) return undefined
  const ended = groups.filter(({ trials }) => trials.every(({ outcome }) => outcome !== undefined))
  const trials = ended.map((group): SlimTrial => ({
    spec: group.spec,
    parameters: describeArchitecture(group.spec, data).parameters,
    outcomes: group.trials.map(({ outcome }) => (outcome?.ok ? slimOutcome(group, outcome.result) : FAILED)),
  }))
  return planSlimDown({ spec: first.spec, data, trials, tolerance })
}

/** A seed that broke off counts as one that learned nothing. */
const FAILED: SlimOutcome = { heldOutAccuracy: Number.NaN, heldOutLoss: Number.NaN, directions: new Map() }

function slimOutcome({ spec }: TrialGroup, { heldOut, outputs, spectra }: TrialResult): SlimOutcome {
  const directions = new Map(
    outputs.flatMap(({ name }, output) => {
      const spectrum = spectra[output]
      if (!spectrum || spectrum.state === 'non-finite') return []
      return [[name, intrinsicDimension(spectrum, spec.monitor.threshold, 'paper')] as const]
    }),
  )
  return {
    heldOutAccuracy: heldOut?.accuracy ?? Number.NaN,
    heldOutLoss: heldOut?.loss ?? Number.NaN,
    directions,
  }
}
