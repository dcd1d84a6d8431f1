import type { Preset } from './preset'
import type { ExperimentDocument } from './spec'

type Layers = NonNullable<ExperimentDocument['layers']>

/** Convolutions of these widths with max pools between them, and an output that fits the data. */
function convolutions(normalisation: 'none' | 'batch', ...channels: readonly (number | 'pool')[]): Layers {
  const layers = channels.map((width) =>
    width === 'pool' ? ({ kind: 'maxPool' } as const) : ({ kind: 'conv', channels: width, normalisation } as const),
  )
  return [...layers, {}]
}

/** Drawn digits, so small that a step takes milliseconds on a GPU and less than a second without one. */
function digits(
  size: number,
  more: { readonly samples?: number; readonly classes?: number; readonly labelNoise?: number } = {},
): NonNullable<ExperimentDocument['data']> {
  return { kind: 'digits', size, samples: 3000, ...more }
}

/** Small batches, and a learning rate at which small convolutions get somewhere within as few steps. */
function learning(steps: number, learningRate: number, samples: number): ExperimentDocument {
  return {
    optimizer: { kind: 'adam', learningRate },
    training: { batchSize: 32, steps },
    monitor: { samples },
  }
}

/** Ten convolutions in four stages; from conv 4 on they read more than 8 pixels, from conv 6 on more than 16. */
const tenConvolutions = convolutions('batch', 8, 8, 'pool', 16, 16, 'pool', 32, 32, 'pool', 32, 32, 32, 32)

const tail: ExperimentDocument = { ...learning(150, 0.002, 320), data: digits(8), layers: tenConvolutions }

const pool = { kind: 'maxPool' } as const

function conv(channels: number) {
  return { kind: 'conv', channels } as const
}

/** Two convolutions that their input goes past. */
function block(channels: number) {
  return { kind: 'residual', layers: [conv(channels), conv(channels)] } as const
}

const residual: Layers = [
  conv(8),
  block(8),
  pool,
  conv(16),
  block(16),
  pool,
  conv(32),
  block(32),
  block(32),
  block(32),
  {},
]

/** The same layers in a row: each keeps its number, and with it the weights it begins with. */
function withoutShortcuts(layers: Layers): Layers {
  let id = 0
  return layers.flatMap((layer) => {
    const numbered = { ...layer, id: ++id }
    if (layer.kind !== 'residual') return numbered
    return (layer.layers ?? []).map((inner) => ({ ...inner, id: ++id }))
  })
}

/** To a code of so many numbers and back. */
function autoencoder(code: number): Layers {
  return [conv(8), pool, conv(16), pool, { units: code, activation: 'linear' }, { units: 32 }, {}]
}

/**
 * What saturation was first used for: convolutional networks on images, scaled down until a step takes milliseconds.
 * Their runs are recorded in 26 columns (apiInsightsPresets.test.ts); figures are of seeds 7 and 8 on the float64 engine.
 */
export const imagePresets: readonly Preset[] = [
  {
    id: 'image-tail',
    group: 'images',
    title: 'A tail on small images',
    description:
      'Drawn digits of 8×8 pixels, and ten convolutions: from the fourth on each reads more than the image has.',
    lookAt: 'The last four rows turn dark: layers that see nothing new end with 7 to 9 of their 32 directions.',
    measured:
      'We measured 6 to 11 of 32 directions in conv 7 to 10 and 15 of 16 in conv 3 and 4, at 68 to 76 % held-out accuracy, with two seeds.',
    document: tail,
  },
  {
    id: 'image-size',
    group: 'images',
    title: 'Larger images, and no tail',
    description: 'The same ten convolutions on drawn digits of 8×8 pixels (A) and of 16×16 (B).',
    lookAt:
      'A has a tail. B has none, though from conv 6 on it, too, reads more than its image: measure probes to see what that adds.',
    measured:
      'We measured 6 to 11 of 32 directions in conv 7 to 10 of A with two seeds and 23 to 26 in B with one, at 68 to 76 % and 92 % held-out accuracy.',
    document: tail,
    against: { data: digits(16) },
  },
  {
    id: 'image-stem',
    group: 'images',
    title: 'Shrinking later, and no tail',
    description: 'Drawn digits of 16×16 pixels: in A the first convolution skips every other pixel, in B it does not.',
    lookAt:
      'A has the tail of images half as large. In B the same layers are behind a larger picture, and the last rows stay bright.',
    measured:
      'We measured 7 to 10 of 32 directions in conv 7 to 10 of A with two seeds and 23 to 26 in B with one, at 71 to 76 % and 92 % held-out accuracy.',
    document: {
      ...tail,
      data: digits(16),
      layers: tenConvolutions.with(0, { kind: 'conv', channels: 8, stride: 2, normalisation: 'batch' }),
    },
    against: { layers: tenConvolutions },
  },
  {
    id: 'image-width',
    group: 'images',
    title: 'Too wide and too narrow',
    description: 'Three convolutions of 32 channels (A) and of 4 (B) on digits of 8×8 pixels.',
    lookAt:
      'Conv 2 and 3 of B are full, and it learns far less in as many steps. A leaves two fifths of its directions unused.',
    measured:
      'We measured 15 to 19 of 32 directions in conv 2 and 3 of A and 4 of 4 in those of B, at 82 to 88 % and 52 to 53 % held-out accuracy, with two seeds.',
    document: {
      ...learning(100, 0.004, 320),
      data: digits(8),
      layers: convolutions('none', 32, 'pool', 32, 'pool', 32),
    },
    against: { layers: convolutions('none', 4, 'pool', 4, 'pool', 4) },
  },
  {
    id: 'image-classes',
    group: 'images',
    title: 'Two classes and ten',
    description: 'The same three convolutions tell two drawn digits apart (A), and all ten (B).',
    lookAt: 'Watch conv 3: two classes leave it with 7 of its 32 directions, ten with more than twice as many.',
    measured:
      'We measured 7 of 32 directions in conv 3 for two classes and 17 to 20 for ten, at 100 % and 89 % held-out accuracy, with two seeds.',
    document: {
      ...learning(200, 0.003, 320),
      data: digits(8, { classes: 2 }),
      layers: convolutions('none', 16, 'pool', 32, 'pool', 32),
    },
    against: { data: digits(8) },
  },
  {
    id: 'image-labels',
    group: 'images',
    title: 'Random labels and true ones',
    description:
      'A learns digits of 8×8 pixels whose training labels are all random, B the same with their true labels.',
    lookAt:
      'Both learn their samples, A one by one: hidden 1 keeps twice the directions, and held-out digits stay at chance.',
    measured:
      'We measured 26 to 27 of 48 directions in hidden 1 for random labels and 12 for true ones, at 5 to 9 % and 85 to 86 % held-out accuracy, with two seeds.',
    document: {
      ...learning(600, 0.004, 480),
      data: digits(8, { samples: 480, labelNoise: 1 }),
      layers: [conv(8), pool, conv(16), pool, { units: 48, activation: 'leakyRelu' }, {}],
    },
    against: { data: digits(8, { samples: 480 }) },
  },
  {
    id: 'image-shortcuts',
    group: 'images',
    title: 'With shortcuts and without',
    description: 'Thirteen convolutions, ten of them in blocks that their input can go past (A), or all in a row (B).',
    lookAt:
      'A learns as its shortcuts lead past layers that do nothing yet. In B the last rows stay dark, and it hardly begins.',
    measured:
      'We measured 16 to 20 of 32 directions in the last three blocks of A with two seeds and 4 to 7 in the same layers of B with one, at 77 to 85 % and 21 % held-out accuracy.',
    document: { ...learning(150, 0.002, 320), data: digits(8), layers: residual },
    against: { layers: withoutShortcuts(residual) },
  },
  {
    id: 'image-optimizers',
    group: 'images',
    title: 'Adam and SGD',
    description:
      'The same four convolutions on digits of 8×8 pixels, trained by Adam (A) and by plain gradient descent (B).',
    lookAt:
      'Conv 3 and 4 shed directions while a network learns: in A within 50 steps, in B after 100. Both end with about as many.',
    measured:
      'We measured 11 to 13 of 16 directions in conv 3 and 4 of A and 10 to 13 in those of B, at 86 to 91 % and 63 to 68 % held-out accuracy, with two seeds.',
    document: {
      ...learning(200, 0.003, 160),
      data: digits(8),
      layers: convolutions('none', 8, 8, 'pool', 16, 'pool', 16),
    },
    against: { optimizer: { kind: 'sgd', learningRate: 0.2 } },
  },
  {
    id: 'image-autoencoder',
    group: 'images',
    title: 'Autoencoders with a narrow and a wide code',
    description: 'Drawn digits of 8×8 pixels pass a code of 4 numbers (A) or of 24 (B) and are drawn again from it.',
    lookAt:
      'The code, hidden 1, is full in A. In B it uses about 15 of 24 directions, and nearly a third less of the picture is lost.',
    measured:
      'We measured all of 4 directions in the code of A and 14 to 15 of 24 in that of B, at a held-out loss of 0.42 to 0.44 and 0.28 to 0.3, with two seeds.',
    document: {
      ...learning(300, 0.003, 640),
      data: digits(8),
      layers: autoencoder(4),
      loss: { kind: 'reconstruction' },
    },
    against: { layers: autoencoder(24) },
  },
]
