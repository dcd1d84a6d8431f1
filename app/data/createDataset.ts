import { RandomStream } from '../experiment/random'
import type { GeneratedDataSpec } from '../experiment/dataSpec'
import { elementsOf } from '../experiment/tensorShape'
import type { Dataset } from './dataset'
import { checkerboard } from './generators/checkerboard'
import { circle } from './generators/circle'
import { digits } from './generators/digits/digits'
import { gaussians } from './generators/gaussians'
import type { GeneratedKind, Generator, SpecOf } from './generators/generator'
import { hills } from './generators/hills'
import { moons } from './generators/moons'
import { plane } from './generators/plane'
import { shapes } from './generators/shapes/shapes'
import { spirals } from './generators/spirals'
import { subspace } from './generators/subspace'
import { teacher } from './generators/teacher'
import { textures } from './generators/textures'
import { xor } from './generators/xor'
import { randomiseLabels } from './labelNoise'
import { allocateFloats, assembleDataset, type Samples } from './samples'
import { splitInOrder } from './split'

const GENERATORS: { readonly [Kind in GeneratedKind]: Generator<SpecOf<Kind>> } = {
  circle,
  xor,
  gaussians,
  spirals,
  moons,
  checkerboard,
  plane,
  hills,
  subspace,
  teacher,
  digits,
  shapes,
  textures,
}

/**
 * Makes a synthetic data set, the same for the same spec and seed bit for bit.
 *
 * @throws DataError where nothing is left to train on or the samples do not fit into memory
 */
export function createDataset(spec: GeneratedDataSpec, seed: number): Dataset {
  return generate(spec.kind, spec, seed)
}

function generate<Kind extends GeneratedKind>(kind: Kind, spec: SpecOf<Kind>, seed: number): Dataset {
  const generator = GENERATORS[kind]
  const description = generator.describe(spec)
  const features = elementsOf(description.shape)
  const split = splitInOrder(spec.heldOut, spec.samples)
  const inputs = allocateFloats(spec.samples * features)
  const targets = new Float32Array(spec.samples)
  generator.generate(spec, new RandomStream(seed, 'data'), inputs, targets)
  const { task } = description
  const notes =
    'labelNoise' in spec && task.kind === 'classification'
      ? randomiseLabels(targets, split.trainingCount, { share: spec.labelNoise, classes: task.classes, seed })
      : []
  const samples: Samples = {
    ...description,
    features,
    count: spec.samples,
    copyInputs: (sample, into) => into.set(inputs.subarray(sample * features, (sample + 1) * features)),
    targets,
    notes,
  }
  return assembleDataset(samples, split, spec.standardise, inputs)
}
