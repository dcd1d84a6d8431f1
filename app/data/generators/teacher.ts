import type { RandomStream } from '../../experiment/random'
import type { TeacherData } from '../../experiment/dataSpec'
import { flatShape } from '../../experiment/tensorShape'
import { numberedClasses, type Generator } from './generator'
import { fillNormal } from './orthonormal'

/** Inputs on which the teacher's outputs are calibrated; enough that classes come out within a few percent. */
const CALIBRATION_INPUTS = 1024
/** Deviation of the hidden biases, relative to the hidden sums: kinks away from the origin, too. */
const BIAS_SCALE = 0.5

/**
 * Standard normal inputs, labelled by the largest output of a random network dimensions → hidden (ReLU) → classes.
 * Each output is shifted and scaled to mean 0, deviation 1 over inputs of its own, so that no class dwarfs the
 * others; `noise` is added to these outputs before the largest is taken.
 */
export const teacher: Generator<TeacherData> = {
  describe: (spec) => ({
    name: `teacher with ${spec.hidden} hidden units`,
    task: numberedClasses(spec.classes),
    shape: flatShape(spec.dimensions),
  }),
  generate(spec, random, inputs, targets) {
    const { dimensions, classes } = spec
    const network = drawTeacher(spec, random)
    const outputs = new Float64Array(classes)
    for (let sample = 0; sample < spec.samples; sample++) {
      const input = inputs.subarray(sample * dimensions, (sample + 1) * dimensions)
      fillInput(input, random)
      network(input, outputs)
      for (let label = 0; label < classes; label++) outputs[label] = outputs[label]! + random.normal(0, spec.noise)
      targets[sample] = indexOfLargest(outputs)
    }
  },
}

type Network = (input: Float32Array, outputs: Float64Array) => void

function drawTeacher(spec: TeacherData, random: RandomStream): Network {
  const raw = drawNetwork(spec, random)
  const { mean, deviation } = calibrate(raw, spec, random)
  return (input, outputs) => {
    raw(input, outputs)
    for (let label = 0; label < spec.classes; label++) {
      outputs[label] = (outputs[label]! - mean[label]!) / deviation[label]!
    }
  }
}

function drawNetwork({ dimensions, hidden, classes }: TeacherData, random: RandomStream): Network {
  const hiddenWeights = fillNormal(hidden * dimensions, random).map((weight) => weight / Math.sqrt(dimensions))
  const hiddenBiases = fillNormal(hidden, random).map((bias) => bias * BIAS_SCALE)
  const outputWeights = fillNormal(classes * hidden, random)
  return (input, outputs) => {
    outputs.fill(0)
    for (let unit = 0; unit < hidden; unit++) {
      let sum = hiddenBiases[unit]!
      for (let i = 0; i < dimensions; i++) sum += hiddenWeights[unit * dimensions + i]! * input[i]!
      if (sum <= 0) continue
      for (let label = 0; label < classes; label++) {
        outputs[label] = outputs[label]! + outputWeights[label * hidden + unit]! * sum
      }
    }
  }
}

/** Mean and deviation of each output over inputs of its own; an output that never moves (dead units) keeps deviation 1. */
function calibrate(network: Network, { dimensions, classes }: TeacherData, random: RandomStream) {
  const input = new Float32Array(dimensions)
  const outputs = new Float64Array(classes)
  const mean = new Float64Array(classes)
  const squares = new Float64Array(classes)
  for (let count = 1; count <= CALIBRATION_INPUTS; count++) {
    fillInput(input, random)
    network(input, outputs)
    for (let label = 0; label < classes; label++) {
      const before = outputs[label]! - mean[label]!
      mean[label] = mean[label]! + before / count
      squares[label] = squares[label]! + before * (outputs[label]! - mean[label]!)
    }
  }
  return { mean, deviation: squares.map((sum) => Math.sqrt(sum / CALIBRATION_INPUTS) || 1) }
}

function fillInput(input: Float32Array, random: RandomStream): void {
  for (let i = 0; i < input.length; i++) input[i] = random.normal()
}

function indexOfLargest(values: Float64Array): number {
  let largest = 0
  for (let index = 1; index < values.length; index++) if (values[index]! > values[largest]!) largest = index
  return largest
}
