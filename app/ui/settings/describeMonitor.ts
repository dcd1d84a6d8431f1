import { describeArchitecture } from '../../experiment/architecture'
import type { DataShape } from '../../experiment/dataShape'
import type { ExperimentSpec } from '../../experiment/spec'
import { enoughSamples } from '../../metrics/layerSpectrum'
import { formatCount } from '../common/format'

/**
 * “one probe of up to 4,096 samples, every 10 steps”.
 * @param data undefined while the shape of files is not known.
 */
export function describeMonitor(spec: ExperimentSpec, data: DataShape | undefined): string {
  const { source, samples, cadence, output } = spec.monitor
  const probe = Math.max(samples, ...(data ? fewestSamples(spec, data) : []))
  const what =
    source === 'probe' ? `one probe of up to ${formatCount(probe)} samples` : `the last ${formatCount(samples)} samples`
  const when = cadence === 'auto' ? '' : `, every ${formatCount(cadence)} steps`
  const where = output === 'pre' ? '' : ', after activation'
  return `${what}${where}${when}`
}

/** What each measured layer needs in any case. */
function fewestSamples(spec: ExperimentSpec, data: DataShape): readonly number[] {
  const { sampling, layers } = spec.monitor
  return describeArchitecture(spec, data)
    .measured.filter(({ name }) => layers === 'all' || layers.includes(name))
    .map(({ width, positions }) => {
      if (sampling === 'channelwise') return enoughSamples({ width, positions })
      return enoughSamples({ width: sampling === 'flatten' ? width * positions : width, positions: 1 })
    })
}
