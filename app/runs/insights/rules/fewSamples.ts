import { ENOUGH_SAMPLES_PER_FEATURE } from '../../../metrics/layerSpectrum'
import { withMoreSamples } from '../changes'
import { isProvisional } from '../confidence'
import type { Insight } from '../insight'
import type { LayerTimeline, Timeline } from '../timeline'
import { capitalise, formatFigure, listNames } from '../wording'

/** Samples are generated in tens. */
const ROUNDING = 10

/** Layers that are measured on fewer than ten samples per unit. */
export function findTooFewSamples(timeline: Timeline): readonly Insight[] {
  const { evidence, layers, steps } = timeline
  const provisional = layers.filter((layer) => isProvisional(timeline, layer))
  if (provisional.length === 0) return []
  const { spec, trainingCount, heldOutCount, columns } = evidence
  // Every place of a feature map is a sample, where places are measured one by one.
  const needOf = ({ width, positions }: LayerTimeline): number =>
    (ENOUGH_SAMPLES_PER_FEATURE * width) / (spec.monitor.sampling === 'channelwise' ? positions : 1)
  const widest = provisional.reduce((wide, layer) => (needOf(layer) > needOf(wide) ? layer : wide))
  const samples = columns.at(-1)?.spectra[widest.output]?.samples ?? 0
  const needed = Math.ceil(needOf(widest) / ROUNDING) * ROUNDING
  const change = withMoreSamples(spec, needed, trainingCount + heldOutCount)
  const names = listNames(provisional.map(({ name }) => name))
  const advice = change ? `try ${change.label}` : `narrower layers can be measured on so few`
  return [
    {
      rule: 'fewSamples',
      outputs: provisional.map(({ output }) => output),
      sentence: `${capitalise(names)} ${provisional.length > 1 ? 'are' : 'is'} measured on ${formatFigure(samples)} samples, which shows fewer directions than there are: ${advice}.`,
      condition: `Fewer than ${ENOUGH_SAMPLES_PER_FEATURE} samples per unit were measured.`,
      evidence: provisional.map(({ output, width, name }) => ({
        kind: 'level',
        series: { kind: 'samples', output },
        value: ENOUGH_SAMPLES_PER_FEATURE * width,
        label: `enough for ${name} (step ${formatFigure(steps.at(-1) ?? 0)})`,
      })),
      confidence: { level: 'high', reason: 'It follows from the counts alone.' },
      source: 'The rank of a covariance is at most n − 1; measured at d = 512, true k 479: n = d shows 336, 10·d 468',
      change,
    },
  ]
}
