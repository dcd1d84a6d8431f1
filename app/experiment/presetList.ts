import { failurePresets } from './failurePresets'
import { imagePresets } from './imagePresets'
import { planePresets } from './planePresets'
import { layered, type Preset } from './preset'
import { defaultPreset } from './presets'

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

/**
 * In the order of the gallery; the first is what the page opens with. Their texts are a good part of what there is to
 * read on the page: import this lazily where the page starts (ui/common/usePresets.ts).
 */
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
  ...imagePresets,
  ...planePresets,
]
