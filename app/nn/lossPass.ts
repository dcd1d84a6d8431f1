import type { LossSpec } from '../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Dispatch } from '../gpu/plan'
import { logitsOf, type ForwardBuffers } from './forwardPass'
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
  /** @param rows rows of the batch that count. */
  dispatch(forward: ForwardBuffers, targets: BufferSlice, rows: number, purpose: LossPurpose): Dispatch
}

interface LossOptions {
  readonly loss: LossSpec
  readonly outputs: number
  readonly targetKind: 'classes' | 'values'
  readonly partials: LossPartials
  /** dL/dlogits [rows, out4]; left out in an evaluation. */
  readonly logitsGradient?: BufferSlice
}

/** @param rows of the largest batch. */
export function allocateLossPartials(gpu: Gpu, scope: BufferScope, outputs: number, rows: number): LossPartials {
  const count = lossPartialCount(rows, lossLanes(outputs, gpu.software))
  return { slice: wholeBuffer(scope.storage('loss partials', count * LOSS_PARTIAL_BYTES)), count }
}

export async function createLossPass(gpu: Gpu, scope: BufferScope, options: LossOptions): Promise<LossPass> {
  const { loss, outputs, targetKind, partials } = options
  const kernel = await gpu.pipelines.compile(lossKernel(loss), { LANES: lossLanes(outputs, gpu.software) })
  const logitsGradient = options.logitsGradient ?? wholeBuffer(scope.storage('unused', 16))
  return {
    dispatch: (forward, targets, rows, purpose) => {
      const batch = {
        rows,
        outputs,
        targetKind,
        logits: logitsOf(forward),
        targets,
        logitsGradient,
        lossPartials: partials.slice,
      }
      return lossDispatch(kernel, scope, loss, batch, partials.count, purpose)
    },
  }
}
