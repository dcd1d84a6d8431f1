import { describe, expect, test } from 'vitest'
import { convolutionSize, type ConvolutionGeometry } from '../../experiment/convolution'
import type { TensorShape } from '../../experiment/tensorShape'
import type { Convolution } from '../convShape'
import { relativeError, testValues } from '../kernels/kernelTesting'
import { convBackwardInput } from './convBackwardInput'
import { convBackwardWeights, sumRows } from './convBackwardWeights'
import { convForward } from './convForward'
import { createMatrix, type Matrix } from './matrix'

function randomMatrix(rows: number, columns: number, seed: number): Matrix {
  return createMatrix(rows, columns, Float64Array.from(testValues(rows * columns, seed)))
}

const SAMPLES = 2

interface Layer {
  readonly convolution: Convolution
  readonly input: Matrix
  readonly weights: Matrix
  readonly bias: Float64Array
  /** Gradient of a linear loss in the outputs. */
  readonly gradient: Matrix
}

function randomLayer(input: TensorShape, filters: number, geometry: ConvolutionGeometry, groups = 1): Layer {
  const output = { ...convolutionSize(input, geometry), channels: filters }
  return {
    convolution: { input, output, geometry, groups },
    input: randomMatrix(SAMPLES * input.height * input.width, input.channels, 1),
    weights: randomMatrix((geometry.kernel ** 2 * input.channels) / groups, filters, 2),
    bias: randomMatrix(1, filters, 3).values,
    gradient: randomMatrix(SAMPLES * output.height * output.width, filters, 4),
  }
}

const LAYERS: readonly Layer[] = [
  randomLayer({ height: 5, width: 7, channels: 3 }, 2, { kernel: 3, stride: 1, dilation: 1, padding: 'same' }),
  randomLayer({ height: 5, width: 7, channels: 2 }, 3, { kernel: 3, stride: 2, dilation: 2, padding: 'same' }),
  randomLayer({ height: 7, width: 6, channels: 2 }, 2, { kernel: 4, stride: 2, dilation: 1, padding: 'valid' }),
  randomLayer({ height: 6, width: 6, channels: 2 }, 2, { kernel: 2, stride: 3, dilation: 2, padding: 'same' }),
  randomLayer({ height: 1, width: 1, channels: 3 }, 2, { kernel: 5, stride: 1, dilation: 1, padding: 'same' }),
  randomLayer({ height: 5, width: 4, channels: 6 }, 4, { kernel: 3, stride: 1, dilation: 1, padding: 'same' }, 2),
  randomLayer({ height: 5, width: 4, channels: 3 }, 3, { kernel: 3, stride: 2, dilation: 1, padding: 'valid' }, 3),
]

function innerProduct(a: Matrix, b: Matrix): number {
  return a.values.reduce((sum, value, index) => sum + value * b.values[index]!, 0)
}

/** Central differences of `loss` in each of `parameters`, which it depends on. */
function differences(loss: () => number, parameters: Float64Array): Float64Array {
  const step = 1e-5
  return parameters.map((original, index) => {
    parameters[index] = original + step
    const above = loss()
    parameters[index] = original - step
    const below = loss()
    parameters[index] = original
    return (above - below) / (2 * step)
  })
}

test('all gradients of a convolution are those of central differences, to 1e-6', () => {
  for (const { convolution, input, weights, bias, gradient } of LAYERS) {
    const loss = () => innerProduct(convForward(input, weights, bias, convolution), gradient)
    const gradients = convBackwardWeights(input, gradient, convolution)
    const share = convBackwardInput(gradient, weights, convolution)
    expect(relativeError(gradients.weights.values, differences(loss, weights.values))).toBeLessThan(1e-6)
    expect(relativeError(gradients.bias, differences(loss, bias))).toBeLessThan(1e-6)
    expect(relativeError(share.values, differences(loss, input.values))).toBeLessThan(1e-6)
  }
})

test('all gradients of a transposed convolution are those of central differences, to 1e-6', () => {
  for (const { convolution, input: gradient, weights, gradient: input } of LAYERS) {
    const loss = () => innerProduct(convBackwardInput(input, weights, convolution), gradient)
    const none = new Float64Array(convolution.output.channels)
    // Roles are swapped: the output gradient of the transposed convolution is the input of the one that leads back.
    const swapped = convBackwardWeights(gradient, input, convolution).weights
    expect(relativeError(swapped.values, differences(loss, weights.values))).toBeLessThan(1e-6)
    const share = convForward(gradient, weights, none, convolution)
    expect(relativeError(share.values, differences(loss, input.values))).toBeLessThan(1e-6)
    // A bias adds to every position of its channel.
    expect(sumRows(gradient)).toEqual(
      Float64Array.from({ length: gradient.columns }, (_, channel) =>
        gradient.values.reduce((sum, value, index) => sum + (index % gradient.columns === channel ? value : 0), 0),
      ),
    )
  }
})

test('a convolution and its transpose are adjoint, to 1e-12', () => {
  for (const { convolution, input, weights, gradient } of LAYERS) {
    const none = new Float64Array(convolution.output.channels)
    const there = innerProduct(convForward(input, weights, none, convolution), gradient)
    const back = innerProduct(input, convBackwardInput(gradient, weights, convolution))
    expect(Math.abs(there - back)).toBeLessThan(1e-12 * Math.max(1, Math.abs(there)))
  }
})

describe('a convolution worked out by hand', () => {
  const image = createMatrix(9, 1, Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9))
  const cross = createMatrix(9, 1, Float64Array.of(0, 1, 0, 2, 3, 4, 0, 5, 0))
  const size = { height: 3, width: 3, channels: 1 }

  test('sums what lies under the kernel, unflipped, with zeros around the image', () => {
    const geometry = { kernel: 3, stride: 1, dilation: 1, padding: 'same' } as const
    const { values } = convForward(image, cross, Float64Array.of(100), { input: size, output: size, geometry })
    // The centre: 2·1 + 4·2 + 5·3 + 6·4 + 8·5 = 89; the corner: 1·3 + 2·4 + 4·5 = 31.
    expect([...values]).toEqual([131, 145, 143, 168, 189, 176, 157, 179, 149])
  })

  test('applies a strided kernel from the frame on, and one without a frame where it fits', () => {
    const strided = { kernel: 3, stride: 2, dilation: 1, padding: 'same' } as const
    const output = { height: 2, width: 2, channels: 1 }
    const none = Float64Array.of(0)
    expect([...convForward(image, cross, none, { input: size, output, geometry: strided }).values]).toEqual([
      31, 43, 57, 49,
    ])
    const valid = { kernel: 3, stride: 1, dilation: 1, padding: 'valid' } as const
    const one = { height: 1, width: 1, channels: 1 }
    expect([...convForward(image, cross, none, { input: size, output: one, geometry: valid }).values]).toEqual([89])
  })

  test('keeps groups apart', () => {
    const input = createMatrix(1, 4, Float64Array.of(1, 2, 3, 4))
    const weights = createMatrix(2, 2, Float64Array.of(10, 1000, 20, 2000))
    const geometry = { kernel: 1, stride: 1, dilation: 1, padding: 'same' } as const
    const convolution = {
      input: { height: 1, width: 1, channels: 4 },
      output: { height: 1, width: 1, channels: 2 },
      geometry,
      groups: 2,
    }
    expect([...convForward(input, weights, new Float64Array(2), convolution).values]).toEqual([50, 11000])
  })
})
