import type { LossSpec } from '../experiment/spec'
import { positionsOf, type TensorShape } from '../experiment/tensorShape'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Dispatch } from '../gpu/plan'
import { logitsOf, type ForwardBuffers } from './forwardPass'
import type { TargetKind } from './sampleTable'
import {
  LOSS_PARTIAL_BYTES,
  lossDispatch,
  lossKernel,
  lossLanes,
  lossPartialCount,
  type LossPurpose,
} from './kernels/loss'

/** What the loss kernel leaves: sums over groups of rows. */
export interface LossPartials {
  readonly slice: BufferSlice
  readonly count: number
}

/** The loss at the end of a forward pass. */
export interface LossPass {
  /** @param targets of no account where the batch itself is the target. @param rows samples of the batch that count. */
  dispatch(forward: ForwardBuffers, targets: BufferSlice, rows: number, purpose: LossPurpose): Dispatch
}

interface LossOptions {
  readonly loss: LossSpec
  /** Of the network's output for one sample. */
  readonly shape: TensorShape
  readonly targetKind: TargetKind
  readonly partials: LossPartials
  /** dL/dlogits [rows · positions, channels4]; left out in an evaluation. */
  readonly logitsGradient?: BufferSlice
}

/** @param rows samples of the largest batch. */
export function allocateLossPartials(gpu: Gpu, scope: BufferScope, shape: TensorShape, rows: number): LossPartials {
  const count = lossPartialCount(rows * positionsOf(shape), lossLanes(shape.channels, gpu.software))
  return { slice: wholeBuffer(scope.storage('loss partials', count * LOSS_PARTIAL_BYTES)), count }
}

export async function createLossPass(gpu: Gpu, scope: BufferScope, options: LossOptions): Promise<LossPass> {
  const { loss, shape, partials } = options
  const isOwnTarget = options.targetKind === 'inputs'
  const targetKind = isOwnTarget ? 'values' : options.targetKind
  const kernel = await gpu.pipelines.compile(lossKernel(loss), { LANES: lossLanes(shape.channels, gpu.software) })
  const logitsGradient = options.logitsGradient ?? wholeBuffer(scope.storage('unused', 16))
  return {
    dispatch: (forward, targets, rows, purpose) => {
      const batch = {
        rows,
        shape,
        targetKind,
        logits: logitsOf(forward),
        targets: isOwnTarget ? forward.input : targets,
        logitsGradient,
        lossPartials: partials.slice,
      }
      return lossDispatch(kernel, scope, loss, batch, partials.count, purpose)
    },
  }
}
