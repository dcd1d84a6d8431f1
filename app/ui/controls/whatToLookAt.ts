import { everyLayer } from '../../experiment/layerPlace'
import type { Preset } from '../../experiment/preset'
import { presetSpecs } from '../../experiment/presets'
import type { ExperimentSpec } from '../../experiment/spec'

const ofAnyRun = 'The darker a row, the fewer of its directions the layer uses.'

/** The preset's own words while the experiment still is what they are about; two presets may share a title. */
export function whatToLookAt(spec: ExperimentSpec, presets: readonly Preset[]): string {
  const named = presets.filter((preset) => preset.title === spec.name)
  const shown = named.find((preset) => presetSpecs(preset).some((original) => showsTheSame(original, spec)))
  return shown?.lookAt ?? ofAnyRun
}

/** Whether data, widths and initial weights agree: what the pictures are made of, whatever else was tuned. */
function showsTheSame(original: ExperimentSpec, edited: ExperimentSpec): boolean {
  return JSON.stringify(subjectOf(original)) === JSON.stringify(subjectOf(edited))
}

function subjectOf({ data, layers, initialisation }: ExperimentSpec): unknown {
  const settings = Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const shapes = everyLayer(layers).map(({ layer }) => ({ ...layer, id: 0, activation: '', dropout: 0, layers: [] }))
  return [settings, shapes, initialisation]
}
