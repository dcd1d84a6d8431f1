import type { RandomStream } from '../../experiment/random'
import type { SubspaceData } from '../../experiment/dataSpec'
import { flatShape } from '../../experiment/tensorShape'
import { numberedClasses, type Generator } from './generator'
import { fillNormal, orthonormaliseColumns } from './orthonormal'

/** Share of the variance along a direction in which class means differ that lies between the classes. */
const BETWEEN_CLASSES = 0.8

/**
 * Gaussian classes whose intrinsic dimension is known: sample = Q·s, Q [dimensions, rank] with random orthonormal
 * columns, s [rank] a point of a Gaussian mixture made so that its covariance over all (equally frequent) classes is
 * the identity. So without noise the samples' covariance has `rank` equal eigenvalues and zeros, and k_δ = ⌈δ·rank⌉.
 *
 * In the first q = min(classes − 1, rank) coordinates of s the class means differ: they are the rows of √(βC)·U with
 * U [classes, q] centred and orthonormal, which gives a covariance of β between classes; within them it is 1 − β.
 *
 * `noise` is added to every one of the `dimensions`, relative to the deviation of 1 along each direction of Q.
 */
export const subspace: Generator<SubspaceData> = {
  describe: (spec) => ({
    name: `${spec.classes} classes on ${spec.rank} of ${spec.dimensions} dimensions`,
    task: numberedClasses(spec.classes),
    shape: flatShape(spec.dimensions),
  }),
  generate(spec, random, inputs, targets) {
    const { dimensions, rank, classes } = spec
    const meanCoordinates = Math.min(classes - 1, rank)
    const basis = orthonormaliseColumns(fillNormal(dimensions * rank, random), dimensions, rank)
    const means = drawClassMeans(classes, meanCoordinates, random)
    const position = new Float64Array(rank)
    for (let sample = 0; sample < spec.samples; sample++) {
      const label = sample % classes
      targets[sample] = label
      for (let axis = 0; axis < rank; axis++) {
        position[axis] =
          axis < meanCoordinates
            ? random.normal(means[label * meanCoordinates + axis], Math.sqrt(1 - BETWEEN_CLASSES))
            : random.normal()
      }
      for (let dimension = 0; dimension < dimensions; dimension++) {
        let value = random.normal(0, spec.noise)
        for (let axis = 0; axis < rank; axis++) value += basis[dimension * rank + axis]! * position[axis]!
        inputs[sample * dimensions + dimension] = value
      }
    }
  },
}

/** [classes, coordinates]: centred, with covariance β·I over the classes. */
function drawClassMeans(classes: number, coordinates: number, random: RandomStream): Float64Array {
  const means = fillNormal(classes * coordinates, random)
  for (let axis = 0; axis < coordinates; axis++) {
    let sum = 0
    for (let label = 0; label < classes; label++) sum += means[label * coordinates + axis]!
    for (let label = 0; label < classes; label++) {
      const index = label * coordinates + axis
      means[index] = means[index]! - sum / classes
    }
  }
  const scale = Math.sqrt(BETWEEN_CLASSES * classes)
  return orthonormaliseColumns(means, classes, coordinates).map((value) => value * scale)
}
