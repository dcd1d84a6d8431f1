import { failurePresets } from './failurePresets'
import { planePresets } from './planePresets'
import { layered, type Preset } from './preset'
import { parseSpecOrThrow } from './schema'
import type { ExperimentSpec } from './spec'

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

/** What a network looks like that has nothing wrong with it; the others are better understood beside it. */
const healthyPreset: Preset = {
  id: 'healthy',
  group: 'start',
  title: 'A healthy network',
  description: 'Drawn digits, and three layers that narrow as fewer directions are left to tell apart.',
  lookAt: 'No row is dark and none is full: every layer ends with a third to three fifths of its directions in use.',
  document: {
    // A third more than usual, so that little is learned by heart.
    data: { kind: 'digits', samples: 8000 },
    monitor: { samples: 1024 },
    layers: layered('relu', 40, 20, 16),
    training: { steps: 1500 },
  },
}

/** In the order of the gallery; the first is what the page opens with. */
export const presets: readonly [Preset, ...Preset[]] = [
  defaultPreset,
  healthyPreset,
  {
    id: 'subspace',
    group: 'saturation',
    title: 'A known dimension',
    description: 'Four classes of points that fill only 6 of their 32 dimensions.',
    lookAt: 'Hidden 1, a linear image of the data, never shows more than 6 directions; behind it, 4 soon are enough.',
    document: { data: { kind: 'subspace', rank: 6 }, layers: layered('relu', 32, 32, 32) },
  },
  {
    id: 'same-accuracy',
    group: 'saturation',
    title: 'Same accuracy, three times the saturation: why?',
    description: 'Drawn digits with He’s initialisation: large random weights that training hardly removes.',
    lookAt:
      'Note accuracy and hidden 2, then set the initialisation to PyTorch: as accurate with a third of the directions.',
    document: {
      data: { kind: 'digits' },
      // Ten per unit of the widest layer, and few enough for adapters that compute on the CPU.
      monitor: { samples: 1280 },
      layers: layered('relu', 128, 64),
      initialisation: 'he',
    },
  },
  {
    id: 'teacher',
    group: 'saturation',
    title: 'Imitating a teacher',
    description: 'A wide network learns what a network of 8 hidden units says of random inputs.',
    lookAt:
      'Hidden 1 keeps all 16 input dimensions; hidden 2 sheds directions as it finds out how small the teacher is.',
    document: { data: { kind: 'teacher' }, layers: layered('relu', 64, 64), training: { steps: 3000 } },
  },
  ...failurePresets,
  ...planePresets,
]

/** The complete spec of a preset, named by its title. */
export function presetSpec(preset: Preset): ExperimentSpec {
  return parseSpecOrThrow({ name: preset.title, ...preset.document })
}
