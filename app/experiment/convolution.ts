import type { TensorShape } from './tensorShape'

/** How a convolution reads an image; the same in both directions. */
export interface ConvolutionGeometry {
  /** Edge of the square kernel, 1–7. */
  readonly kernel: number
  /** Positions from one application of the kernel to the next, ≥ 1. */
  readonly stride: number
  /** Positions from one tap of the kernel to the next, ≥ 1. */
  readonly dilation: number
  /** `same`: the image is framed by zeros so that the kernel is applied at every stride-th position; `valid`: it is not. */
  readonly padding: 'same' | 'valid'
}

/** Height and width of an image, in positions. */
type ImageSize = Pick<TensorShape, 'height' | 'width'>

/** Positions that a kernel covers in each direction: dilation·(kernel − 1) + 1. */
export function kernelExtent({ kernel, dilation }: ConvolutionGeometry): number {
  return dilation * (kernel - 1) + 1
}

/**
 * Zeros above and to the left of the image: ⌊(extent − 1) / 2⌋ for `same`, as PyTorch's padding = dilation·(kernel − 1)/2
 * for odd kernels and its padding='same' for stride 1; what more is needed comes below and to the right.
 */
export function paddingBefore(geometry: ConvolutionGeometry): number {
  return geometry.padding === 'same' ? Math.floor((kernelExtent(geometry) - 1) / 2) : 0
}

/**
 * Size of what a convolution makes of an image: ⌈n / stride⌉ for `same`, ⌊(n − extent) / stride⌋ + 1 for `valid`, which
 * is less than 1 where the kernel does not fit.
 */
export function convolutionSize(image: ImageSize, geometry: ConvolutionGeometry): ImageSize {
  const { stride, padding } = geometry
  const along = (size: number): number =>
    padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - kernelExtent(geometry)) / stride) + 1
  return { height: along(image.height), width: along(image.width) }
}

/**
 * Size of what a transposed convolution makes of an image: n·stride for `same`, (n − 1)·stride + extent for `valid`. The
 * convolution of the same geometry leads from there back to the image's size.
 */
export function transposedConvolutionSize(image: ImageSize, geometry: ConvolutionGeometry): ImageSize {
  const { stride, padding } = geometry
  const along = (size: number): number =>
    padding === 'same' ? size * stride : (size - 1) * stride + kernelExtent(geometry)
  return { height: along(image.height), width: along(image.width) }
}
