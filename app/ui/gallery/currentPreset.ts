import { liveChange } from '../../experiment/edits'
import type { Preset } from '../../experiment/preset'
import { presetSpecs } from '../../experiment/presets'
import type { ExperimentSpec } from '../../experiment/spec'

/** Where an experiment comes from. */
interface Origin {
  /** Title of the preset it was; undefined for one of the user's own, as from files. */
  readonly preset: string | undefined
  /** Whether it is no longer that preset. */
  readonly isEdited: boolean
}

/** Edits keep an experiment's name, so the name tells the preset; two presets may share a title. */
export function originOf(spec: ExperimentSpec, presets: readonly Preset[]): Origin {
  const namesakes = presets.filter(({ title }) => title === spec.name)
  return {
    preset: namesakes[0]?.title,
    isEdited: namesakes.length > 0 && !namesakes.some((preset) => isStill(preset, spec)),
  }
}

/** δ and the convention are how one looks at an experiment, not what it is. */
function isStill(preset: Preset, spec: ExperimentSpec): boolean {
  return presetSpecs(preset).some((original) => {
    const change = liveChange(original, spec)
    return change === 'none' || (change !== 'restart' && Object.keys(change).length === 0)
  })
}
