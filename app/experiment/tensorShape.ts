/** The shape of one sample of a tensor. Samples without positions are 1×1 with their features as channels. */
export interface TensorShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** A sample without positions. */
export function flatShape(features: number): TensorShape {
  return { height: 1, width: 1, channels: features }
}

export function sameShape(one: TensorShape, other: TensorShape): boolean {
  return one.height === other.height && one.width === other.width && one.channels === other.channels
}

export function positionsOf({ height, width }: TensorShape): number {
  return height * width
}

/** Numbers per sample. */
export function elementsOf(shape: TensorShape): number {
  return positionsOf(shape) * shape.channels
}
