import { diffSpecs } from '../../experiment/edits'
import { flattenLeaves } from '../../experiment/paths'
import type { ExperimentSpec } from '../../experiment/spec'
import { describeLayerDifference } from './describeLayerDifference'
import { describeSetting } from './describeSetting'

/** Layers have words of their own; names, and how directions are counted, are no difference. */
const UNTOLD = /^(version$|name$|layers\.|monitor\.(threshold|convention)$)/

/**
 * What an experiment differs in from the baseline, in few words each: data first, then layers, then the rest in the
 * order of the spec. “hidden 3: 16 units”, “learning rate 0.01”; nothing where they are equal.
 */
export function describeDifference(baseline: ExperimentSpec, spec: ExperimentSpec): readonly string[] {
  const before = flattenLeaves(baseline)
  const after = flattenLeaves(spec)
  const isOtherKind = (part: string): boolean => before.get(`${part}.kind`) !== after.get(`${part}.kind`)
  const isTold = (path: string): boolean => {
    if (UNTOLD.test(path)) return false
    const [part = ''] = path.split('.')
    // Another kind has other settings, which is no news; another learning rate might be.
    return path === `${part}.kind` || path === 'optimizer.learningRate' || !isOtherKind(part)
  }
  const told = diffSpecs(baseline, spec).filter(isTold)
  const describe = (paths: readonly string[]): readonly string[] =>
    paths.flatMap((path) => {
      const value = after.get(path)
      // What only the baseline has went away with something that is told already.
      return value === undefined ? [] : describeSetting(path, value)
    })
  const words = [
    ...describe(told.filter((path) => path.startsWith('data.'))),
    ...describeLayerDifference(baseline.layers, spec.layers),
    ...describe(told.filter((path) => !path.startsWith('data.'))),
  ]
  return [...new Set(words)]
}
