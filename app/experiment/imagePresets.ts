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

/**
 * What saturation was first used for: convolutional networks on images, scaled down until a step takes milliseconds.
 * Their runs are recorded with 26 columns, and what is measured was measured with seeds 7 and 8 on the float64 engine.
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
]
