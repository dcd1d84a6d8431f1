import { describe, expect, test } from 'vitest'
import {
  convolutionSize,
  kernelExtent,
  paddingBefore,
  transposedConvolutionSize,
  type ConvolutionGeometry,
} from './convolution'

const geometries = [1, 2, 3, 4, 5, 6, 7].flatMap((kernel) =>
  [1, 2, 3].flatMap((stride) =>
    [1, 2].flatMap((dilation) =>
      (['same', 'valid'] as const).map((padding): ConvolutionGeometry => ({ kernel, stride, dilation, padding })),
    ),
  ),
)

/** The formula in the documentation of torch.nn.Conv2d. */
function torchSize(size: number, { kernel, stride, dilation }: ConvolutionGeometry, padding: number): number {
  return Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1)
}

/** The formula in the documentation of torch.nn.ConvTranspose2d. */
function torchTransposedSize(
  size: number,
  { kernel, stride, dilation }: ConvolutionGeometry,
  padding: number,
  outputPadding: number,
): number {
  return (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1
}

describe('the size of a convolution', () => {
  test('is PyTorch’s wherever PyTorch pads evenly', () => {
    for (const geometry of geometries) {
      const even = geometry.padding === 'valid' || kernelExtent(geometry) % 2 === 1
      if (!even) continue
      for (let size = kernelExtent(geometry); size < 30; size++) {
        const expected = torchSize(size, geometry, paddingBefore(geometry))
        expect(convolutionSize({ height: size, width: size + 1 }, geometry).height).toBe(expected)
        expect(convolutionSize({ height: size + 1, width: size }, geometry).width).toBe(expected)
      }
    }
  })

  test('is the image’s for same padding and stride 1, whatever the kernel', () => {
    for (const geometry of geometries.filter(({ stride, padding }) => stride === 1 && padding === 'same')) {
      expect(convolutionSize({ height: 5, width: 7 }, geometry)).toEqual({ height: 5, width: 7 })
    }
  })

  test('is below 1 where a kernel without padding does not fit', () => {
    const geometry = { kernel: 3, stride: 2, dilation: 2, padding: 'valid' } as const
    expect(convolutionSize({ height: 5, width: 4 }, geometry)).toEqual({ height: 1, width: 0 })
  })
})

test('same padding puts the larger half after the image', () => {
  const before = (kernel: number, dilation: number) => paddingBefore({ kernel, dilation, stride: 1, padding: 'same' })
  expect([before(1, 1), before(2, 1), before(3, 1), before(4, 1), before(3, 2), before(7, 2)]).toEqual([
    0, 0, 1, 1, 2, 6,
  ])
  expect(paddingBefore({ kernel: 7, dilation: 2, stride: 1, padding: 'valid' })).toBe(0)
})

describe('the size of a transposed convolution', () => {
  test('is one from which the convolution leads back', () => {
    for (const geometry of geometries) {
      for (let size = 1; size < 12; size++) {
        const image = { height: size, width: size + 1 }
        expect(convolutionSize(transposedConvolutionSize(image, geometry), geometry)).toEqual(image)
      }
    }
  })

  test('is PyTorch’s with an output padding below the stride', () => {
    const valid = { kernel: 4, stride: 2, dilation: 1, padding: 'valid' } as const
    expect(transposedConvolutionSize({ height: 5, width: 7 }, valid)).toEqual({
      height: torchTransposedSize(5, valid, 0, 0),
      width: torchTransposedSize(7, valid, 0, 0),
    })
    const same = { kernel: 3, stride: 2, dilation: 1, padding: 'same' } as const
    expect(transposedConvolutionSize({ height: 5, width: 7 }, same)).toEqual({
      height: torchTransposedSize(5, same, 1, 1),
      width: torchTransposedSize(7, same, 1, 1),
    })
  })
})
