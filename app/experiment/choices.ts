import type { DataKind, Standardise } from './dataSpec'
import type {
  Activation,
  Convention,
  Initialisation,
  LossSpec,
  LayerKind,
  MonitorSpec,
  Normalisation,
  OptimizerKind,
  Padding,
  ResidualLayerSpec,
  Sampling,
  ScheduleSpec,
  ConvLayerSpec,
} from './spec'

/** How one option of a choice reads on the page. */
export interface Choice {
  readonly label: string
  /** One sentence: what it is, or when to take it. */
  readonly explanation: string
}

type Choices<Name extends string> = Readonly<Record<Name, Choice>>

/** “normal” stands for {kind: 'normal', scale}. */
export type InitialisationKind = Extract<Initialisation, string> | 'normal'

export const dataChoices: Choices<DataKind> = {
  circle: { label: 'Circle', explanation: 'Two classes in the plane: a disc and the ring around it.' },
  xor: { label: 'Exclusive or', explanation: 'Two classes in the plane: opposite quadrants belong together.' },
  gaussians: { label: 'Gaussians', explanation: 'One cloud of points per class in the plane.' },
  spirals: { label: 'Spirals', explanation: 'Two spirals wound into each other, the hardest of the plane patterns.' },
  moons: { label: 'Moons', explanation: 'Two half-moons that reach into each other.' },
  checkerboard: { label: 'Checkerboard', explanation: 'Two classes on the fields of a checkerboard.' },
  plane: { label: 'Slope', explanation: 'A value that rises evenly over the plane; a single unit can learn it.' },
  hills: { label: 'Hills', explanation: 'A value over the plane with hills and valleys to learn.' },
  subspace: { label: 'Subspace', explanation: 'Classes on a subspace of known rank: the true intrinsic dimension.' },
  teacher: { label: 'Teacher', explanation: 'Random inputs labelled by a random network for this one to imitate.' },
  digits: { label: 'Drawn digits', explanation: 'Digits drawn as jittered strokes, made here and not downloaded.' },
  shapes: { label: 'Shapes', explanation: 'Geometric figures in colour, moved, turned and cluttered as you like.' },
  textures: { label: 'Textures', explanation: 'Dots in pairs: classes differ at one scale only, and not below it.' },
  idx: { label: 'MNIST files', explanation: 'Your own image and label files in MNIST’s format.' },
  cifar10: { label: 'CIFAR-10 files', explanation: 'Your own binary batches of CIFAR-10: small pictures in colour.' },
  images: {
    label: 'Pictures',
    explanation: 'Your own PNG and JPEG pictures: a folder per class, or a table of labels.',
  },
  csv: { label: 'Table', explanation: 'Your own table of numbers with one column to predict.' },
}

export const activationChoices: Choices<Activation> = {
  linear: { label: 'Linear', explanation: 'No activation function: layers in a row then do no more than one.' },
  relu: { label: 'ReLU', explanation: 'Negative values become 0; the usual choice.' },
  leakyRelu: { label: 'Leaky ReLU', explanation: 'Negative values shrink to a hundredth, so no unit dies.' },
  tanh: { label: 'Tanh', explanation: 'Squeezes values smoothly into −1 to 1; good for small networks in the plane.' },
  sigmoid: {
    label: 'Sigmoid',
    explanation: 'Squeezes values smoothly into 0 to 1; deep networks learn slowly with it.',
  },
  gelu: { label: 'GELU', explanation: 'A smooth ReLU weighted by the normal distribution, common in transformers.' },
  silu: { label: 'SiLU', explanation: 'A smooth ReLU: the value times its own sigmoid.' },
}

export const layerChoices: Choices<LayerKind> = {
  dense: { label: 'Dense', explanation: 'Each unit sees everything the layer before puts out.' },
  conv: { label: 'Convolution', explanation: 'One small window of weights slides over the whole image.' },
  transposedConv: {
    label: 'Transposed convolution',
    explanation: 'Paints a window for every position: a convolution run backwards, which enlarges the image.',
  },
  maxPool: { label: 'Max pooling', explanation: 'Keeps the largest value of every window and so shrinks the image.' },
  averagePool: { label: 'Average pooling', explanation: 'Keeps the mean of every window and so shrinks the image.' },
  globalAveragePool: {
    label: 'Global average pooling',
    explanation: 'One number per channel: its mean over the whole image.',
  },
  upsample: { label: 'Upsampling', explanation: 'Repeats every position and so enlarges the image.' },
  flatten: { label: 'Flatten', explanation: 'Turns an image into a plain list of its numbers.' },
  residual: { label: 'Residual block', explanation: 'Layers whose input is added to their result.' },
}

export const normalisationChoices: Choices<Normalisation> = {
  none: { label: 'None', explanation: 'The layer’s result goes on as it is.' },
  batch: { label: 'Batch norm', explanation: 'Each channel gets mean 0 and deviation 1 over the batch.' },
  layer: { label: 'Layer norm', explanation: 'Each sample, at each position, gets mean 0 and deviation 1.' },
}

export const paddingChoices: Choices<Padding> = {
  same: { label: 'Same', explanation: 'Zeros around the image, so that it keeps its size.' },
  valid: { label: 'Valid', explanation: 'Windows stay inside the image, which loses its rim.' },
}

export const droppedChoices: Choices<ConvLayerSpec['dropped']> = {
  channels: {
    label: 'Channels',
    explanation: 'Feature maps of a sample go as a whole: neighbours would tell the rest.',
  },
  elements: { label: 'Elements', explanation: 'Every number goes by its own chance.' },
}

export const orderChoices: Choices<ResidualLayerSpec['order']> = {
  post: { label: 'After the sum', explanation: 'Activation after the sum, as in the first residual networks.' },
  pre: {
    label: 'Before each layer',
    explanation: 'Normalisation and activation come first; the sum passes untouched.',
  },
}

export const initialisationChoices: Choices<InitialisationKind> = {
  torch: {
    label: 'PyTorch',
    explanation: 'Uniform within ±1/√inputs, biases too: what PyTorch does unless told otherwise.',
  },
  he: {
    label: 'He',
    explanation: 'Normal with deviation √(2/inputs): keeps signals alive through ReLU, saturates more.',
  },
  glorot: {
    label: 'Glorot',
    explanation: 'Uniform, sized by inputs and outputs together; meant for tanh and sigmoid.',
  },
  lecun: {
    label: 'LeCun',
    explanation: 'Normal with deviation √(1/inputs): keeps the variance through linear layers.',
  },
  normal: { label: 'Normal', explanation: 'Normal with a deviation of your own.' },
}

export const lossChoices: Choices<LossSpec['kind']> = {
  crossEntropy: { label: 'Cross-entropy', explanation: 'For classes: one output each, compared as probabilities.' },
  binaryCrossEntropy: {
    label: 'Binary cross-entropy',
    explanation: 'For yes or no: each output is its own probability.',
  },
  meanSquaredError: { label: 'Mean squared error', explanation: 'For values: the squared distance from the target.' },
  reconstruction: {
    label: 'Reconstruction',
    explanation: 'For autoencoders: the squared distance of the output from the sample itself.',
  },
}

export const optimizerChoices: Choices<OptimizerKind> = {
  sgd: { label: 'SGD', explanation: 'Steps straight down the batch’s gradient.' },
  momentum: { label: 'Momentum', explanation: 'SGD that keeps part of its speed.' },
  nesterov: { label: 'Nesterov', explanation: 'Momentum that looks ahead along its speed before it turns.' },
  rmsprop: { label: 'RMSProp', explanation: 'Divides each weight’s step by its gradient’s recent size.' },
  adam: { label: 'Adam', explanation: 'RMSProp with momentum; works nearly everywhere without tuning.' },
  adamw: { label: 'AdamW', explanation: 'Adam with weight decay that does not pass through the gradient.' },
}

export const scheduleChoices: Choices<ScheduleSpec['kind']> = {
  constant: { label: 'Constant', explanation: 'The learning rate stays as it is.' },
  step: { label: 'Steps', explanation: 'The learning rate drops by a factor at fixed intervals.' },
  cosine: { label: 'Cosine', explanation: 'The learning rate falls along half a cosine over the planned steps.' },
}

export const standardiseChoices: Choices<Standardise> = {
  none: { label: 'None', explanation: 'Inputs stay as they are.' },
  feature: {
    label: 'Per feature',
    explanation: 'Each input gets mean 0 and deviation 1, as measured on the training part.',
  },
  channel: { label: 'Per channel', explanation: 'Each colour channel gets mean 0 and deviation 1 over all positions.' },
  dataset: { label: 'Whole data set', explanation: 'One mean and deviation for all inputs, as usual for images.' },
}

/** By the value of `grayscale`. */
export const grayscaleChoices: Choices<'false' | 'true'> = {
  false: { label: 'In colour', explanation: 'Three channels per image: red, green and blue.' },
  true: { label: 'Grey', explanation: 'One channel per image: how light each pixel looks.' },
}

export const heldOutChoices: Choices<'share' | 'last'> = {
  share: { label: 'A share', explanation: 'Drawn at random, as files may be sorted.' },
  last: { label: 'The last ones', explanation: 'The end of the file, taken in its order: for splits others use, too.' },
}

export const taskChoices: Choices<'classification' | 'regression'> = {
  classification: { label: 'Classes', explanation: 'Each distinct value of the target is a class.' },
  regression: { label: 'Values', explanation: 'The target is a number to come close to.' },
}

/** By the value of `flip`. */
export const flipChoices: Choices<'false' | 'true'> = {
  false: { label: 'Off', explanation: 'Left and right of training images stay where they are.' },
  true: {
    label: 'Left–right',
    explanation:
      'Every other training image is mirrored, by chance; not for what then means something else, as digits.',
  },
}

export const sourceChoices: Choices<MonitorSpec['source']> = {
  probe: {
    label: 'Probe',
    explanation: 'One fixed set of samples at frozen weights: every column belongs to one step.',
  },
  train: {
    label: 'Training',
    explanation: 'The last training samples while the weights move, as the Delve library does.',
  },
}

export const outputChoices: Choices<MonitorSpec['output']> = {
  pre: { label: 'Before activation', explanation: 'The layer’s own result, as in the published pictures.' },
  post: { label: 'After activation', explanation: 'What the next layer gets to see.' },
}

export const samplingChoices: Choices<Sampling> = {
  channelwise: { label: 'Per position', explanation: 'Every position of a feature map is a sample of its channels.' },
  mean: { label: 'Mean', explanation: 'One sample per image: the mean of each channel.' },
  max: { label: 'Maximum', explanation: 'One sample per image: the maximum of each channel.' },
  median: { label: 'Median', explanation: 'One sample per image: the median of each channel.' },
  flatten: { label: 'Flattened', explanation: 'One sample per image: every position of every channel is a feature.' },
}

export const conventionChoices: Choices<Convention> = {
  paper: { label: 'Paper', explanation: 'Counts the directions needed to reach δ.' },
  delve: { label: 'Delve', explanation: 'Counts one less, as the Delve library does; for comparing with its logs.' },
}
