import { layered, type Preset } from './preset'

/** One thing wrong with each, and nothing else: what the insights can find, and what can be mended by one change. */
export const failurePresets: readonly Preset[] = [
  {
    id: 'bottleneck',
    group: 'failures',
    title: 'A bottleneck',
    description: 'Drawn digits, and a network that has to pass them through a layer of 3 units.',
    lookAt:
      'Hidden 2 is full, 3 of 3, and accuracy stops near 87 %. Give it 16 units: it uses about 8 and reaches 94 %.',
    document: {
      data: { kind: 'digits', samples: 8000 },
      monitor: { samples: 1024 },
      layers: layered('relu', 40, 3, 12),
      training: { steps: 1500 },
    },
  },
  {
    id: 'dead-units',
    group: 'failures',
    title: 'Dead units',
    description: 'A learning rate a hundred times too high kills ReLU units; that it falls later does not wake them.',
    lookAt:
      'Hidden 3 drops from 26 directions to 3 or fewer for good: 28 or more of its 32 units give 0 for every sample.',
    document: {
      data: { kind: 'digits' },
      // After the activation function a dead unit is a constant; before it, it still varies.
      monitor: { samples: 1024, output: 'post' },
      layers: layered('relu', 64, 48, 32),
      optimizer: { kind: 'adam', learningRate: 0.1 },
      schedule: { kind: 'cosine' },
      training: { steps: 1000 },
    },
  },
  {
    id: 'memorising',
    group: 'failures',
    title: 'Memorising noise',
    description: 'Drawn digits whose training labels are all random: all it can do is learn each sample by heart.',
    lookAt:
      'Training reaches 100 %, held-out stays near chance, and hidden 2 uses about 50 directions: three times as many as for true labels.',
    document: {
      data: { kind: 'digits', samples: 1000, labelNoise: 1 },
      layers: layered('relu', 96, 96, 96),
    },
  },
  {
    id: 'too-slow',
    group: 'failures',
    title: 'Too slow to learn',
    description: 'Drawn digits, and plain gradient descent at a two-hundredth of its usual learning rate.',
    lookAt:
      'For 1,000 steps every row keeps the colour of its random start. Set the learning rate to 0.1 and watch them fall.',
    document: {
      data: { kind: 'digits' },
      monitor: { samples: 1024 },
      layers: layered('relu', 80, 64),
      optimizer: { kind: 'sgd', learningRate: 0.0005 },
      training: { steps: 1000 },
    },
  },
  {
    id: 'fading',
    group: 'failures',
    title: 'A signal that fades',
    description: 'Five sigmoid layers in a row, each squeezing what the one before lets through.',
    lookAt:
      'By step 200 hidden 3 to 5 are left with 1 or 2 of 40 directions. With tanh they keep 4 or more, and accuracy doubles.',
    document: {
      data: { kind: 'digits' },
      monitor: { samples: 1024 },
      layers: layered('sigmoid', 40, 40, 40, 40, 40),
      training: { steps: 1000 },
    },
  },
]
