import type { Convolution } from '../convShape'
import { forEachTap } from './convTaps'
import { createMatrix, type Matrix } from './matrix'

/**
 * conv(x, W) + b.
 * @param input x [samples·height·width, inputs].
 * @param weights W [taps·inputs/groups, outputs], row tap·inputs/groups + input of the group, tap = row of the kernel ·
 * kernel + column.
 * @param bias b [outputs].
 * @returns [samples·height·width, outputs] of the output.
 */
export function convForward(input: Matrix, weights: Matrix, bias: Float64Array, convolution: Convolution): Matrix {
  const { input: from, output: to, groups = 1 } = convolution
  const inputsPerGroup = from.channels / groups
  const outputsPerGroup = to.channels / groups
  const samples = input.rows / (from.height * from.width)
  const result = createMatrix(samples * to.height * to.width, to.channels)
  for (let row = 0; row < result.rows; row++) result.values.set(bias, row * to.channels)
  forEachTap(convolution, samples, (tap, source, target) => {
    for (let channel = 0; channel < from.channels; channel++) {
      const factor = input.values[source * from.channels + channel]!
      const group = Math.floor(channel / inputsPerGroup)
      const weightRow = (tap * inputsPerGroup + (channel % inputsPerGroup)) * to.channels
      const end = (group + 1) * outputsPerGroup
      for (let output = group * outputsPerGroup; output < end; output++) {
        result.values[target * to.channels + output]! += factor * weights.values[weightRow + output]!
      }
    }
  })
  return result
}
