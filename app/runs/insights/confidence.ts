import { ENOUGH_SAMPLES_PER_FEATURE } from '../../metrics/layerSpectrum'
import type { Confidence } from './insight'
import type { LayerTimeline, Timeline } from './timeline'
import { formatShare, listNames } from './wording'

/** The rules were calibrated at δ = 99 %; far from it, k means something else. */
const USUAL_THRESHOLDS = [0.95, 0.999] as const

/** A confidence in what k says of some layers: low where k itself is in doubt. */
export function confidenceInDirections(
  timeline: Timeline,
  layers: readonly LayerTimeline[],
  otherwise: Confidence,
): Confidence {
  const { evidence } = timeline
  const { threshold } = evidence.spec.monitor
  if (threshold < USUAL_THRESHOLDS[0] || threshold > USUAL_THRESHOLDS[1]) {
    return {
      level: 'low',
      reason: `Directions are counted at δ = ${formatShare(threshold)}; the rule is made for 99 %.`,
    }
  }
  const provisional = layers.filter((layer) => isProvisional(timeline, layer))
  if (provisional.length > 0) {
    const names = listNames(provisional.map(({ name }) => name))
    return { level: 'low', reason: `Too few samples were measured to trust the directions of ${names}.` }
  }
  return otherwise
}

/** Whether k of a layer is biased low in the newest column that has it: n < 10·d. */
export function isProvisional({ evidence }: Timeline, { output, width }: LayerTimeline): boolean {
  const samples = evidence.columns.at(-1)?.spectra[output]?.samples
  return samples !== undefined && samples < ENOUGH_SAMPLES_PER_FEATURE * width
}
