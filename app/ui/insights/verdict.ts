import type { SlimPlan } from '../../runs/slimDown'
import {
  confidenceHalfWidth,
  pairedDifference,
  summariseGroup,
  type Estimate,
  type Study,
  type TrialGroup,
} from '../../runs/study'
import { formatCount, formatLoss, formatPercent } from '../common/format'

const minus = '\u2212'

/** “+0.3 points”, “−1.2 points” of a difference of shares. */
function formatPoints(difference: number): string {
  const points = Math.abs(100 * difference)
  return `${difference < 0 && points >= 0.05 ? minus : '+'}${points.toFixed(1)} points`
}

/** “94.1 % ± 0.4”, the spread being one standard deviation over seeds; without it for a single seed. */
export function formatEstimate(value: Estimate | undefined, format: (value: number) => string): string {
  if (!value) return '–'
  if (value.count < 2) return format(value.mean)
  return `${format(value.mean)} ± ${format(value.deviation).replace(' %', '')}`
}

/**
 * What a test of a change came to, in words: the difference seed by seed with its 95 % confidence interval, what it
 * costs and how fast it is. A difference is called one only where the interval leaves no room for none.
 */
export function describeVerdict(study: Study): string | undefined {
  const [before, after] = study.groups
  if (!before || !after) return undefined
  const summaries = [summariseGroup(before, study.data), summariseGroup(after, study.data)] as const
  const failure = summaries[1].failures[0]
  if (failure !== undefined) return `It broke off: ${failure}`
  const outcome = describeOutcome([before, after])
  if (outcome === undefined) return undefined
  return `${outcome} ${describeCost(summaries[0], summaries[1])}`
}

function describeOutcome(groups: readonly [TrialGroup, TrialGroup]): string | undefined {
  const accuracy = pairedDifference(groups, ({ heldOut }) => heldOut?.accuracy)
  if (accuracy) return phrase(accuracy, 'held-out accuracy', accuracy.mean > 0, formatPoints)
  const loss = pairedDifference(groups, ({ heldOut }) => heldOut?.loss)
  return loss && phrase(loss, 'held-out loss', loss.mean < 0, (value) => formatSigned(value, formatLoss))
}

function phrase(
  difference: Estimate,
  quantity: string,
  isGain: boolean,
  format: (difference: number) => string,
): string {
  const half = confidenceHalfWidth(difference)
  const seeds = `over ${difference.count} ${difference.count === 1 ? 'seed' : 'seeds'}`
  if (!Number.isFinite(half)) return `So far ${format(difference.mean)} of ${quantity} ${seeds}.`
  const figures = `${format(difference.mean)} of ${quantity} (95 % interval ±${format(half).slice(1)}) ${seeds}`
  if (Math.abs(difference.mean) <= half) return `No difference beyond chance: ${figures}.`
  return `${isGain ? 'Better' : 'Worse'}: ${figures}.`
}

type Summary = ReturnType<typeof summariseGroup>

function describeCost(before: Summary, after: Summary): string {
  const parameters = `${formatChange(after.parameters / before.parameters)} parameters`
  const speeds = before.millisPerStep && after.millisPerStep
  const ratio = speeds ? before.millisPerStep.mean / after.millisPerStep.mean : Number.NaN
  const speed = Number.isFinite(ratio) ? `, ${ratio.toFixed(2)} × as many steps a second` : ''
  return `${parameters}${speed}.`
}

/** “38 % fewer”, “as many”, “12 % more”. */
function formatChange(ratio: number): string {
  const percent = Math.round(Math.abs(ratio - 1) * 100)
  if (percent === 0) return 'As many'
  return `${percent} % ${ratio < 1 ? 'fewer' : 'more'}`
}

function formatSigned(value: number, format: (value: number) => string): string {
  return `${value < 0 ? minus : '+'}${format(Math.abs(value))}`
}

/** Where *Slim down* stands or what it came to: “From 17,930 to 6,410 parameters (64 % fewer), held-out accuracy 94.1 % → 93.9 %.” */
export function describeSlimming(plan: SlimPlan): string {
  const accepted = plan.path.filter((point) => point.accepted)
  const [first, last] = [accepted[0], accepted.at(-1)]
  if (!first || !last) return 'The network as it is comes first.'
  if (plan.kind === 'done' && plan.reason === 'noScore') {
    return 'Nothing can be said: nothing is held out, or training broke off.'
  }
  if (first === last) return plan.kind === 'done' ? 'Every cut cost more than the tolerance.' : 'Trying the first cuts.'
  const share = formatChange(last.parameters / first.parameters)
  const score = first.isAccuracy ? formatPercent : formatLoss
  const quantity = first.isAccuracy ? 'accuracy' : 'loss'
  return (
    `From ${formatCount(first.parameters)} to ${formatCount(last.parameters)} parameters (${share}), ` +
    `held-out ${quantity} ${score(first.score)} → ${score(last.score)}.`
  )
}
