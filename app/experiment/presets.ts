import { layered, type Preset } from './preset'
import { parseSpecOrThrow } from './schema'
import type { ExperimentDocument, ExperimentSpec } from './spec'

/**
 * The first thing anybody sees. Hidden 3 and 4 come after a bottleneck and have nothing left to do: they use 6 to 9 of
 * their 80 directions while the first layer uses about 42. Widths stay below 88 so that the spectra of all layers are
 * solved on the GPU at once, and a step costs 9 million floating-point operations: live on software adapters, too.
 */
export const defaultPreset: Preset = {
  id: 'too-wide',
  group: 'start',
  title: 'Too wide at the end',
  description: 'Drawn digits, and a network whose last layers are far wider than they need to be.',
  lookAt: 'The lower rows turn dark: layers behind the narrow one use only a few of their 80 directions.',
  document: {
    data: { kind: 'digits' },
    monitor: { samples: 1024 },
    layers: layered('relu', 80, 40, 80, 80),
  },
}

/** What browsers without WebGPU start with: the same tail at a fifth of the work per step. */
export const referenceDefault: Preset = {
  ...defaultPreset,
  id: 'too-wide-small',
  lookAt: 'The lower rows turn dark: layers behind the narrow one use only a few of their 48 directions.',
  document: {
    data: { kind: 'digits', size: 12, samples: 3000 },
    layers: layered('relu', 48, 24, 48, 48),
    training: { batchSize: 32 },
    monitor: { samples: 512 },
  },
}

/** The complete spec of a preset, named by its title; of a race the first. */
export function presetSpec({ title, document }: Preset): ExperimentSpec {
  return specOf(title, document)
}

/** Everything a preset puts up side by side: one spec, or the two of a race, which bear the same name. */
export function presetSpecs(preset: Preset): readonly [ExperimentSpec, ...ExperimentSpec[]] {
  const first = presetSpec(preset)
  return preset.against ? [first, specOf(preset.title, { ...preset.document, ...preset.against })] : [first]
}

function specOf(name: string, document: ExperimentDocument): ExperimentSpec {
  return parseSpecOrThrow({ name, ...document })
}
