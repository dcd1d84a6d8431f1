import type { Architecture } from './architecture'
import { formatNumber, type FieldFault } from './faults'
import type { MonitorSpec } from './spec'

/** Features up to which spectra are computed: the work grows with their third power, and so do the samples needed. */
export const MOST_FEATURES = 1024

/** Layers whose feature maps have too many numbers to be one feature each. */
export function flatteningFaults(
  { sampling, layers }: MonitorSpec,
  measured: Architecture['measured'],
): readonly FieldFault[] {
  if (sampling !== 'flatten') return []
  const wanted = measured.filter(({ name }) => layers === 'all' || layers.includes(name))
  const large = wanted.find(({ width, positions }) => positions > 1 && width * positions > MOST_FEATURES)
  if (!large) return []
  const { name, width, positions } = large
  const message = `Flattened, “${name}” has ${formatNumber(positions)} positions · ${formatNumber(width)} channels = ${formatNumber(width * positions)} features; spectra go up to ${formatNumber(MOST_FEATURES)}. Sample per position or pooled, or measure other layers only.`
  return [{ path: 'monitor.sampling', message }]
}
