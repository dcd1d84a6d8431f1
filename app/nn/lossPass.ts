import type { LossSpec } from '../experiment/spec'
import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Dispatch } from '../gpu/plan'
import type { ForwardPass } from './forwardPass'
import {
  LOSS_PARTIAL_BYTES,
  lossDispatch,
  lossKernel,
  lossLanes,
  lossPartialCount,
  type LossPurpose,
} from './kernels/loss'

/** The loss at the end of a forward pass. */
export interface LossPass {
  readonly partials: BufferSlice
  readonly partialCount: number
  /** @param rows rows of the batch that count. */
  dispatch(forward: ForwardPass, targets: BufferSlice, rows: number, purpose: LossPurpose): Dispatch
}

interface LossOptions {
  readonly loss: LossSpec
  readonly outputs: number
  readonly targetKind: 'classes' | 'values'
  /** Rows of the largest batch. */
  readonly rows: number
  /** dL/dlogits [rows, out4]; left out in an evaluation. */
  readonly logitsGradient?: BufferSlice
}

export async function createLossPass(gpu: Gpu, scope: BufferScope, options: LossOptions): Promise<LossPass> {
  const { loss, outputs, targetKind } = options
  const lanes = lossLanes(outputs, gpu.software)
  const kernel = await gpu.pipelines.compile(lossKernel(loss), { LANES: lanes })
  const partialCount = lossPartialCount(options.rows, lanes)
  const partials = wholeBuffer(scope.storage('loss partials', partialCount * LOSS_PARTIAL_BYTES))
  const logitsGradient = options.logitsGradient ?? wholeBuffer(scope.storage('unused', 16))
  return {
    partials,
    partialCount,
    dispatch: (forward, targets, rows, purpose) => {
      const batch = {
        rows,
        outputs,
        targetKind,
        logits: forward.logits,
        targets,
        logitsGradient,
        lossPartials: partials,
      }
      return lossDispatch(kernel, scope, loss, batch, partialCount, purpose)
    },
  }
}
