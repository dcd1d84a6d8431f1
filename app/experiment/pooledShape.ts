import type { TensorShape } from './tensorShape'

/** Square windows that lie wholly inside the image; positions past the last window are ignored. */
export interface PoolWindows {
  /** Edge of a window, 2–7. */
  readonly size: number
  /** Positions from one window to the next, 1–7. */
  readonly stride: number
}

/** The shape after pooling: ⌊(n − size) / stride⌋ + 1 windows each way, as PyTorch's pools without padding have. */
export function pooledShape({ height, width, channels }: TensorShape, { size, stride }: PoolWindows): TensorShape {
  const windows = (extent: number) => Math.floor((extent - size) / stride) + 1
  return { height: windows(height), width: windows(width), channels }
}
