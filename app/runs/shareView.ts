import type { ExperimentSpec } from '../experiment/spec'
import type { View } from './state'

/** The spec with δ and the convention that are on screen, for a link to show the same. */
export function shareView(spec: ExperimentSpec, { threshold, convention }: View): ExperimentSpec {
  return { ...spec, monitor: { ...spec.monitor, threshold, convention } }
}
