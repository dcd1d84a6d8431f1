import type { Convolution } from '../convShape'
import { forEachTap } from './convTaps'
import { createMatrix, type Matrix } from './matrix'

/**
 * A convolution's share of the gradient in its input: its adjoint. Also what a transposed convolution makes of its input,
 * without the bias.
 * @param outputGradient dZ [samples·height·width, outputs] of the convolution's output.
 * @param weights W [taps·inputs/groups, outputs] of the convolution.
 * @returns [samples·height·width, inputs] of the convolution's input.
 */
export function convBackwardInput(outputGradient: Matrix, weights: Matrix, convolution: Convolution): Matrix {
  const { input: to, output: from, groups = 1 } = convolution
  const inputsPerGroup = to.channels / groups
  const outputsPerGroup = from.channels / groups
  const samples = outputGradient.rows / (from.height * from.width)
  const result = createMatrix(samples * to.height * to.width, to.channels)
  forEachTap(convolution, samples, (tap, source, target) => {
    const gradients = outputGradient.values.subarray(target * from.channels, (target + 1) * from.channels)
    for (let channel = 0; channel < to.channels; channel++) {
      const group = Math.floor(channel / inputsPerGroup)
      const weightRow = (tap * inputsPerGroup + (channel % inputsPerGroup)) * from.channels
      const end = (group + 1) * outputsPerGroup
      let sum = 0
      for (let output = group * outputsPerGroup; output < end; output++) {
        sum += gradients[output]! * weights.values[weightRow + output]!
      }
      result.values[source * to.channels + channel]! += sum
    }
  })
  return result
}
