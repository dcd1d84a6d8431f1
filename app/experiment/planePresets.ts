import { layered, type Preset } from './preset'
import type { ExperimentDocument } from './spec'

/** Points in the plane need no large batches, and their small networks learn at ten times the usual rate. */
const inThePlane: ExperimentDocument = {
  optimizer: { kind: 'adam', learningRate: 0.01 },
  training: { batchSize: 32, steps: 1000 },
}

/** Two inputs, so that the page can draw what the network says of every place. */
export const planePresets: readonly Preset[] = [
  {
    id: 'circle',
    group: 'plane',
    title: 'Circle',
    description: 'A disc inside a ring, told apart by two small layers.',
    lookAt: 'The boundary closes around the disc; hidden 1 can only ever use the 2 dimensions of the plane.',
    document: { ...inThePlane, data: { kind: 'circle' }, layers: layered('tanh', 8, 8) },
  },
  {
    id: 'xor',
    group: 'plane',
    title: 'Exclusive or',
    description: 'Opposite quadrants belong together: no straight line separates them.',
    lookAt: 'As the plane falls into quadrants, hidden 2 bends it into a third direction; the output keeps 1.',
    document: { ...inThePlane, data: { kind: 'xor' }, layers: layered('tanh', 8, 8) },
  },
  {
    id: 'moons',
    group: 'plane',
    title: 'Moons',
    description: 'Two half-moons reaching into each other.',
    lookAt: 'Sixteen units are plenty here: every layer gets by with 1 or 2 directions.',
    document: { ...inThePlane, data: { kind: 'moons' }, layers: layered('tanh', 16, 16) },
  },
  {
    id: 'spirals',
    group: 'plane',
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
    group: 'plane',
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
    group: 'plane',
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
