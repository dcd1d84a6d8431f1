import type { Preset, PresetGroup } from '../../experiment/preset'
import { presets } from '../../experiment/presetList'

const titles: Readonly<Record<PresetGroup, string>> = {
  start: 'Start here',
  saturation: 'What saturation shows',
  failures: 'What goes wrong, and how it looks',
  images: 'Convolutions on images',
  plane: 'Patterns in the plane',
}

interface Group {
  readonly group: PresetGroup
  readonly title: string
  readonly members: readonly Preset[]
}

/** The presets by group, both in the order of the list. */
export const groups: readonly Group[] = [...new Set(presets.map(({ group }) => group))].map((group) => ({
  group,
  title: titles[group],
  members: presets.filter((preset) => preset.group === group),
}))
