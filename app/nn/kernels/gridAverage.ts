import { elementsOf, type TensorShape } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel } from '../../gpu/kernel'
import type { Dispatch } from '../../gpu/plan'
import { paddedWidth } from '../padding'
import { quadWorkgroups, type TensorBatch } from './tensorBatch'

const SHAPE_FIELDS = {
  rows: 'u32',
  height: 'u32',
  width: 'u32',
  grid_height: 'u32',
  grid_width: 'u32',
  channel_quads: 'u32',
} as const

/** Mean over each cell of a grid laid over an image. Twin: reference/gridAverage.ts. */
export const gridAverage = defineKernel({
  shader: 'nn/grid_average',
  bindings: { input: 'read', output: 'read-write', shape: { uniform: SHAPE_FIELDS } },
})

export interface GridBatch extends TensorBatch {
  /** Cells, no more than there are positions either way; its channels are those of the input. */
  readonly grid: TensorShape
}

export interface GridAverageBuffers {
  /** [rows · height · width, channels4]. */
  readonly input: BufferSlice
  /** [rows · cells, channels4], written. */
  readonly output: BufferSlice
}

export function gridAverageDispatch(
  kernel: Kernel<typeof gridAverage.bindings>,
  scope: BufferScope,
  { rows, input, grid }: GridBatch,
  buffers: GridAverageBuffers,
): Dispatch {
  const uniform = packUniform(SHAPE_FIELDS, {
    rows,
    height: input.height,
    width: input.width,
    grid_height: grid.height,
    grid_width: grid.width,
    channel_quads: paddedWidth(input.channels) / 4,
  })
  const bindings = { ...buffers, shape: wholeBuffer(scope.uniform('grid average', uniform)) }
  return kernel.dispatch(bindings, quadWorkgroups(rows, grid), rows * elementsOf(input))
}
