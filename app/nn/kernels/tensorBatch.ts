import { positionsOf, type TensorShape } from '../../experiment/tensorShape'
import { foldWorkgroups, type Workgroups } from '../../gpu/plan'
import { paddedWidth } from '../padding'

/** A batch of samples that a kernel reads. */
export interface TensorBatch {
  /** Samples. */
  readonly rows: number
  readonly input: TensorShape
}

/** Workgroups of 64 for one invocation per vec4 of a tensor [rows · height · width, channels4]. */
export function quadWorkgroups(rows: number, shape: TensorShape): Workgroups {
  return foldWorkgroups(Math.ceil((rows * positionsOf(shape) * paddedWidth(shape.channels)) / 4 / 64))
}
