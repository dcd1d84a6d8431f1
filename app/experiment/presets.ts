import { parseSpecOrThrow } from './schema'
import type { ExperimentDocument, ExperimentSpec } from './spec'

/** An experiment worth a look, and what to look at. */
export interface Preset {
  readonly id: string
  readonly title: string
  /** One sentence: what is trained on what. */
  readonly description: string
  /** What the picture shows once training runs. */
  readonly lookAt: string
  /** Only what differs from the defaults. */
  readonly document: ExperimentDocument
}

/** Points in the plane need no large batches, and their small networks learn at ten times the usual rate. */
const inThePlane: ExperimentDocument = {
  optimizer: { kind: 'adam', learningRate: 0.01 },
  training: { batchSize: 32, steps: 1000 },
}

/**
 * The first thing anybody sees. Hidden 3 and 4 come after a bottleneck and have nothing left to do: they use 6 to 9 of
 * their 80 directions while the first layer uses about 42. Widths stay below 88 so that the spectra of all layers are
 * solved on the GPU at once, and a step costs 9 million floating-point operations: live on software adapters, too.
 */
export const defaultPreset: Preset = {
  id: 'too-wide',
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

/** In the order of the menu; the first is what the page opens with. */
export const presets: readonly [Preset, ...Preset[]] = [
  defaultPreset,
  {
    id: 'subspace',
    title: 'A known dimension',
    description: 'Four classes of points that fill only 6 of their 32 dimensions.',
    lookAt: 'Hidden 1, a linear image of the data, never shows more than 6 directions; behind it, 4 soon are enough.',
    document: { data: { kind: 'subspace', rank: 6 }, layers: layered('relu', 32, 32, 32) },
  },
  {
    id: 'same-accuracy',
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
    id: 'memorising',
    title: 'Memorising noise',
    description: 'Drawn digits whose training labels are all random: all it can do is learn each sample by heart.',
    lookAt:
      'Training reaches 100 %, held-out stays at chance, and hidden 2 needs more than twice as many directions as for true labels.',
    document: {
      data: { kind: 'digits', samples: 1000, labelNoise: 1 },
      layers: layered('relu', 96, 96, 96),
    },
  },
  {
    id: 'teacher',
    title: 'Imitating a teacher',
    description: 'A wide network learns what a network of 8 hidden units says of random inputs.',
    lookAt:
      'Hidden 1 keeps all 16 input dimensions; hidden 2 sheds directions as it finds out how small the teacher is.',
    document: { data: { kind: 'teacher' }, layers: layered('relu', 64, 64), training: { steps: 3000 } },
  },
  {
    id: 'circle',
    title: 'Circle',
    description: 'A disc inside a ring, told apart by two small layers.',
    lookAt: 'The boundary closes around the disc; hidden 1 can only ever use the 2 dimensions of the plane.',
    document: { ...inThePlane, data: { kind: 'circle' }, layers: layered('tanh', 8, 8) },
  },
  {
    id: 'xor',
    title: 'Exclusive or',
    description: 'Opposite quadrants belong together: no straight line separates them.',
    lookAt: 'As the plane falls into quadrants, hidden 2 bends it into a third direction; the output keeps 1.',
    document: { ...inThePlane, data: { kind: 'xor' }, layers: layered('tanh', 8, 8) },
  },
  {
    id: 'moons',
    title: 'Moons',
    description: 'Two half-moons reaching into each other.',
    lookAt: 'Sixteen units are plenty here: every layer gets by with 1 or 2 directions.',
    document: { ...inThePlane, data: { kind: 'moons' }, layers: layered('tanh', 16, 16) },
  },
  {
    id: 'spirals',
    title: 'Two spirals',
    description: 'The hardest pattern of the plane, learned by three layers of ReLU units.',
    lookAt: 'The 2 dimensions of the plane unfold into 5 in hidden 2, before the output folds them to 1.',
    document: {
      data: { kind: 'spirals', samples: 2000 },
      layers: layered('relu', 32, 32, 32),
      optimizer: { kind: 'adam', learningRate: 0.005 },
    },
  },
  {
    id: 'checkerboard',
    title: 'Checkerboard',
    description: 'Sixteen fields in two colours: many small regions for one boundary.',
    lookAt: 'Fields appear one by one; the hidden layers behind the first keep 4 to 6 directions to tell them apart.',
    document: {
      data: { kind: 'checkerboard', samples: 4000, noise: 0.02 },
      layers: layered('relu', 32, 32, 32),
      optimizer: { kind: 'adam', learningRate: 0.005 },
    },
  },
  {
    id: 'hills',
    title: 'Hills and hollows',
    description: 'Regression: the height of a landscape from the place on the map.',
    lookAt: 'The surface takes shape, and late in training hidden 2 gains another direction.',
    document: {
      data: { kind: 'hills', samples: 2000 },
      layers: layered('tanh', 32, 32),
      optimizer: { kind: 'adam', learningRate: 0.01 },
    },
  },
]

/** Hidden layers of these widths, and an output that fits the data. */
function layered(activation: 'tanh' | 'relu', ...widths: readonly number[]): NonNullable<ExperimentDocument['layers']> {
  return [...widths.map((units) => ({ units, activation })), {}]
}

/** The complete spec of a preset, named by its title. */
export function presetSpec(preset: Preset): ExperimentSpec {
  return parseSpecOrThrow({ name: preset.title, ...preset.document })
}
