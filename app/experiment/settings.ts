import { dataSettings, LARGEST_IMAGE } from './dataSettings'
import { linear, logarithmic, type NumberSetting } from './numberSetting'

/** Widest layer: eigenvalues of a 2,048×2,048 covariance still take seconds, not minutes. */
const WIDEST_LAYER = 2048
/** Above this the learning rate of any optimizer is a slip of the keyboard; far below it training already diverges. */
const LARGEST_LEARNING_RATE = 1e6
const LARGEST_UINT32 = 2 ** 32 - 1
/** The most for which all eigen solvers are built. */
const MOST_CHANNELS = 1024

const table = {
  seed: {
    label: 'Seed',
    explanation: 'Every random number of the run derives from it: the same seed gives the same run, bit for bit.',
    range: { minimum: 0, maximum: LARGEST_UINT32, step: 1, integer: true },
    slider: linear(0, 100),
    default: 7,
  },
  ...dataSettings,

  'layers.units': {
    label: 'Units',
    explanation: 'Width of the layer: the number of directions it could use.',
    range: { minimum: 1, maximum: WIDEST_LAYER, step: 1, integer: true },
    slider: logarithmic(1, 256),
    default: 64,
  },
  'layers.channels': {
    label: 'Channels',
    explanation: 'Feature maps that the layer makes: the number of directions it could use.',
    range: { minimum: 1, maximum: MOST_CHANNELS, step: 1, integer: true },
    slider: logarithmic(1, 64),
    default: 16,
  },
  'layers.kernel': {
    label: 'Kernel',
    explanation: 'Edge of the square window that slides over the image.',
    range: { minimum: 1, maximum: 7, step: 1, integer: true },
    slider: linear(1, 7),
    default: 3,
  },
  'layers.stride': {
    label: 'Stride',
    explanation: 'Positions from one window to the next: 2 halves the image.',
    range: { minimum: 1, maximum: 7, step: 1, integer: true },
    slider: linear(1, 4),
    default: 1,
  },
  'layers.dilation': {
    label: 'Dilation',
    explanation: 'Distance between the positions a kernel looks at: 2 leaves gaps of one.',
    range: { minimum: 1, maximum: 8, step: 1, integer: true },
    slider: linear(1, 4),
    default: 1,
  },
  'layers.groups': {
    label: 'Groups',
    explanation: 'Parts of the channels that do not mix, each with kernels of its own.',
    range: { minimum: 1, maximum: MOST_CHANNELS, step: 1, integer: true },
    slider: linear(1, 16),
    default: 1,
  },
  'layers.size': {
    label: 'Window',
    explanation: 'Edge of the square window of which one number is kept.',
    range: { minimum: 2, maximum: 7, step: 1, integer: true },
    slider: linear(2, 4),
    default: 2,
  },
  'layers.factor': {
    label: 'Factor',
    explanation: 'How often each position is repeated in both directions.',
    range: { minimum: 2, maximum: 4, step: 1, integer: true },
    slider: linear(2, 4),
    default: 2,
  },
  'layers.dropout': {
    label: 'Dropout',
    explanation: 'Share of the layer’s activations set to zero in each training step.',
    range: { minimum: 0, maximum: 0.99, step: 0.01, integer: false },
    slider: linear(0, 0.9),
    default: 0,
  },
  'layers.id': {
    label: 'Layer identity',
    explanation: 'Random numbers of the layer are drawn by it, so it stays with the layer when others move.',
    range: { minimum: 0, maximum: LARGEST_UINT32, step: 1, integer: true },
    slider: linear(0, 100),
    default: 1,
  },
  'initialisation.scale': {
    label: 'Scale',
    explanation: 'Standard deviation of the initial weights.',
    range: { minimum: 0, maximum: 1e6, step: 0.001, integer: false },
    slider: logarithmic(0.001, 1),
    default: 0.05,
  },

  'loss.labelSmoothing': {
    label: 'Label smoothing',
    explanation: 'Share of the target’s probability spread evenly over all classes, so that certainty does not pay.',
    range: { minimum: 0, maximum: 0.99, step: 0.01, integer: false },
    slider: linear(0, 0.5),
    default: 0,
  },
  'optimizer.learningRate': {
    label: 'Learning rate',
    explanation: 'Length of a step: too small learns slowly, too large jumps about or diverges.',
    range: { minimum: 0, maximum: LARGEST_LEARNING_RATE, step: 1e-6, integer: false },
    slider: logarithmic(1e-5, 10),
    default: 0.001,
  },
  'optimizer.weightDecay': {
    label: 'Weight decay',
    explanation: 'Pulls every weight towards zero by this share of it, times the learning rate, in each step.',
    range: { minimum: 0, maximum: 10, step: 1e-5, integer: false },
    slider: logarithmic(1e-5, 1),
    default: 0,
  },
  'optimizer.momentum': {
    label: 'Momentum',
    explanation: 'Share of the last step that carries over into the next.',
    range: { minimum: 0, maximum: 0.9999, step: 0.01, integer: false },
    slider: linear(0, 0.99),
    default: 0.9,
  },
  'optimizer.decay': {
    label: 'Smoothing',
    explanation: 'Weight of the past in the running mean of squared gradients (PyTorch’s alpha).',
    range: { minimum: 0, maximum: 0.999999, step: 0.001, integer: false },
    slider: linear(0.5, 0.999),
    default: 0.99,
  },
  'optimizer.beta1': {
    label: 'β₁',
    explanation: 'Weight of the past in the running mean of gradients.',
    range: { minimum: 0, maximum: 0.9999, step: 0.01, integer: false },
    slider: linear(0, 0.99),
    default: 0.9,
  },
  'optimizer.beta2': {
    label: 'β₂',
    explanation: 'Weight of the past in the running mean of squared gradients.',
    range: { minimum: 0, maximum: 0.999999, step: 0.001, integer: false },
    slider: linear(0.5, 0.999),
    default: 0.999,
  },
  'optimizer.epsilon': {
    label: 'ε',
    explanation: 'Keeps the division by the gradient’s size from exploding where the gradient vanishes.',
    // Zero would divide 0 by 0 for a weight that never had a gradient, as those of a dead unit.
    range: { minimum: 1e-12, maximum: 1, step: 1e-12, integer: false },
    slider: logarithmic(1e-10, 1e-3),
    default: 1e-8,
  },
  'schedule.warmup': {
    label: 'Warm-up',
    unit: 'steps',
    explanation: 'Steps in which the learning rate first rises in a straight line from zero.',
    range: { minimum: 0, maximum: 1_000_000, step: 1, integer: true },
    slider: linear(0, 1000),
    default: 0,
  },
  'schedule.every': {
    label: 'Every',
    unit: 'steps',
    explanation: 'Steps between two reductions of the learning rate.',
    range: { minimum: 1, maximum: 1_000_000, step: 1, integer: true },
    slider: logarithmic(10, 5000),
    default: 500,
  },
  'schedule.factor': {
    label: 'Factor',
    explanation: 'What the learning rate is multiplied by at each reduction.',
    range: { minimum: 0, maximum: 1, step: 0.01, integer: false },
    slider: linear(0, 1),
    default: 0.5,
  },
  'schedule.floor': {
    label: 'Floor',
    explanation: 'Share of the learning rate that is left at the end of the planned steps.',
    range: { minimum: 0, maximum: 1, step: 0.01, integer: false },
    slider: linear(0, 1),
    default: 0.05,
  },

  'training.batchSize': {
    label: 'Batch',
    unit: 'samples',
    explanation: 'Samples whose mean gradient makes one step.',
    range: { minimum: 1, maximum: 16_384, step: 1, integer: true },
    slider: logarithmic(1, 1024),
    default: 64,
  },
  'training.steps': {
    label: 'Steps',
    explanation: 'Planned updates of the weights; training can be continued afterwards.',
    range: { minimum: 1, maximum: 10_000_000, step: 1, integer: true },
    slider: logarithmic(100, 20_000),
    default: 2000,
  },
  'training.clipNorm': {
    label: 'Clip gradients at',
    explanation: 'A gradient longer than this is shortened to it; none by default.',
    range: { minimum: 1e-6, maximum: 1e6, step: 0.001, integer: false },
    slider: logarithmic(0.01, 100),
    default: 1,
  },
  'training.l1': {
    label: 'L1 penalty',
    explanation: 'Adds this times the sum of all weights’ sizes to the loss, which drives small weights to zero.',
    range: { minimum: 0, maximum: 10, step: 1e-6, integer: false },
    slider: logarithmic(1e-6, 0.1),
    default: 0,
  },
  'training.l2': {
    label: 'L2 penalty',
    explanation: 'Adds this times half the sum of all squared weights to the loss, which keeps weights small.',
    range: { minimum: 0, maximum: 10, step: 1e-6, integer: false },
    slider: logarithmic(1e-6, 0.1),
    default: 0,
  },
  'training.augmentation.crop': {
    label: 'Random crop',
    unit: 'pixels',
    explanation:
      'Training images are shifted by up to this many pixels each way, in every epoch anew; their edges fill the rest.',
    range: { minimum: 0, maximum: LARGEST_IMAGE - 1, step: 1, integer: true },
    slider: linear(0, 8),
    default: 0,
  },

  'monitor.samples': {
    label: 'Measured on',
    unit: 'samples',
    explanation:
      'Samples for each saturation; fewer where a column would take long, but ten per unit and 64 images at least.',
    range: { minimum: 2, maximum: 65_536, step: 1, integer: true },
    slider: logarithmic(64, 8192),
    default: 4096,
  },
  'monitor.cadence': {
    label: 'Measure every',
    unit: 'steps',
    explanation: 'Steps between two columns of the heatmap.',
    range: { minimum: 1, maximum: 1_000_000, step: 1, integer: true },
    slider: logarithmic(1, 1000),
    default: 10,
  },
  'monitor.threshold': {
    label: 'δ',
    explanation: 'Share of the variance that the counted directions have to explain.',
    range: { minimum: 0.5, maximum: 0.9999, step: 0.0001, integer: false },
    slider: linear(0.5, 0.9999),
    default: 0.99,
  },
} satisfies Readonly<Record<string, NumberSetting>>

export type NumberSettingPath = keyof typeof table

/** Every number of the spec by its path; settings of a list's items leave out the index (“layers.units”). */
export const numberSettings: Readonly<Record<NumberSettingPath, NumberSetting>> = table
