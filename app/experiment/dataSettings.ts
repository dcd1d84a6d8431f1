import { linear, logarithmic, type NumberSetting } from './numberSetting'

/** The numbers of `data`, of all its kinds together; part of `numberSettings`. */
export const dataSettings = {
  'data.samples': {
    label: 'Samples',
    explanation: 'How many points are generated, training and held-out together.',
    range: { minimum: 10, maximum: 100_000, step: 10, integer: true },
    slider: logarithmic(100, 20_000),
    default: 2000,
  },
  'data.noise': {
    label: 'Noise',
    explanation: 'Standard deviation of the noise on the inputs, relative to the scale of the pattern.',
    range: { minimum: 0, maximum: 5, step: 0.01, integer: false },
    slider: linear(0, 1),
    default: 0.1,
  },
  'data.labelNoise': {
    label: 'Label noise',
    explanation: 'Share of training labels replaced by random ones; at 1 there is nothing to learn, only to memorise.',
    range: { minimum: 0, maximum: 1, step: 0.01, integer: false },
    slider: linear(0, 1),
    default: 0,
  },
  'data.heldOut': {
    label: 'Held out',
    explanation: 'Share of the samples kept from training, to see whether what was learned holds for new ones.',
    range: { minimum: 0, maximum: 0.9, step: 0.01, integer: false },
    slider: linear(0, 0.9),
    default: 0.2,
  },
  'data.heldOut.last': {
    label: 'Held out, last',
    unit: 'samples',
    explanation: 'The last samples in the order of the file are kept from training.',
    range: { minimum: 1, maximum: 10_000_000, step: 1, integer: true },
    slider: logarithmic(10, 10_000),
    default: 1000,
  },
  'data.classes': {
    label: 'Classes',
    explanation: 'How many classes the network has to tell apart.',
    range: { minimum: 2, maximum: 10, step: 1, integer: true },
    slider: linear(2, 10),
    default: 2,
  },
  'data.size': {
    label: 'Image size',
    unit: 'pixels',
    explanation: 'Width and height of the drawn digits; the network gets one input per pixel.',
    range: { minimum: 8, maximum: 28, step: 1, integer: true },
    slider: linear(8, 28),
    default: 14,
  },
  'data.dimensions': {
    label: 'Dimensions',
    explanation: 'How many numbers describe one sample.',
    range: { minimum: 2, maximum: 512, step: 1, integer: true },
    slider: logarithmic(2, 128),
    default: 32,
  },
  'data.rank': {
    label: 'Rank',
    explanation: 'Dimensions of the subspace that all samples lie on: their true intrinsic dimension.',
    range: { minimum: 1, maximum: 512, step: 1, integer: true },
    slider: logarithmic(1, 64),
    default: 6,
  },
  'data.hidden': {
    label: 'Hidden units of the teacher',
    explanation: 'Width of the random network that labels the samples; a wider one is harder to imitate.',
    range: { minimum: 1, maximum: 512, step: 1, integer: true },
    slider: logarithmic(1, 64),
    default: 8,
  },
} satisfies Readonly<Record<string, NumberSetting>>
