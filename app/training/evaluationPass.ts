import { wholeBuffer, type BufferScope } from '../gpu/buffers'
import { allocateForward, createForwardPass, type ForwardPass } from '../nn/forwardPass'
import { sliceNodes, type NodeSlices } from '../nn/network'
import type { CompiledRun } from './compiledRun'

/** A run's network in evaluation mode, beside training. */
export interface EvaluationPass {
  /** Weights of its own, in the layout of the run's: training goes on, and several batches are of one step. */
  readonly weights: GPUBuffer
  /** The arrays in it, by node. */
  readonly slices: readonly NodeSlices[]
  readonly forward: ForwardPass
}

/** @param rows samples that go through the network at once. */
export async function compileEvaluation(run: CompiledRun, scope: BufferScope, rows: number): Promise<EvaluationPass> {
  const { engine, graph, parameters, control, dropout } = run
  const buffers = allocateForward(scope, graph, rows)
  const weights = scope.storage('weights that are evaluated', parameters.buffer.size)
  const slices = sliceNodes(weights, graph.nodes, parameters.layout)
  const forward = await createForwardPass(engine.gpu, scope, graph, {
    mode: 'evaluation',
    buffers,
    parameters: slices,
    control: wholeBuffer(control),
    dropout,
  })
  return { weights, slices, forward }
}
