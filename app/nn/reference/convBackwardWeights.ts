import type { Convolution } from '../convShape'
import { forEachTap } from './convTaps'
import type { DenseGradients } from './denseBackwardWeights'
import { createMatrix, type Matrix } from './matrix'

/**
 * Gradients in a convolution's parameters; the weights' is also that of a transposed convolution, whose output gradient is
 * then `input` and whose input `outputGradient`.
 * @param input x [samples·height·width, inputs].
 * @param outputGradient dZ [samples·height·width, outputs] of the output.
 * @returns dW [taps·inputs/groups, outputs] and db [outputs].
 */
export function convBackwardWeights(input: Matrix, outputGradient: Matrix, convolution: Convolution): DenseGradients {
  const { input: from, output: to, geometry, groups = 1 } = convolution
  const inputsPerGroup = from.channels / groups
  const outputsPerGroup = to.channels / groups
  const samples = input.rows / (from.height * from.width)
  const weights = createMatrix(geometry.kernel ** 2 * inputsPerGroup, to.channels)
  forEachTap(convolution, samples, (tap, source, target) => {
    const gradients = outputGradient.values.subarray(target * to.channels, (target + 1) * to.channels)
    for (let channel = 0; channel < from.channels; channel++) {
      const factor = input.values[source * from.channels + channel]!
      const group = Math.floor(channel / inputsPerGroup)
      const weightRow = (tap * inputsPerGroup + (channel % inputsPerGroup)) * to.channels
      const end = (group + 1) * outputsPerGroup
      for (let output = group * outputsPerGroup; output < end; output++) {
        weights.values[weightRow + output]! += factor * gradients[output]!
      }
    }
  })
  return { weights, bias: sumRows(outputGradient) }
}

/** Σ over rows. Of the output gradient: the gradient in a layer's bias. */
export function sumRows({ rows, columns, values }: Matrix): Float64Array {
  const sums = new Float64Array(columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) sums[column]! += values[row * columns + column]!
  }
  return sums
}
