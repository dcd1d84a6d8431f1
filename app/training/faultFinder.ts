import type { BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import { readSlice } from '../gpu/readback'
import type { Graph } from '../nn/graph'
import type { TrainingPass } from '../nn/trainingPass'

/**
 * Names the first place of a refused step that holds NaN or infinity, in the order of computation. The latch froze
 * weights, batch and dropout, so the step's buffers still hold exactly what was refused.
 */
export async function findNonFinite(gpu: Gpu, graph: Graph, pass: TrainingPass): Promise<string> {
  for (const [index, node] of graph.nodes.entries()) {
    if (await holdsNonFinite(gpu, pass.forward.nodes[index]!.preactivation)) return node.name
  }
  for (const [index, node] of [...graph.nodes.entries()].toReversed()) {
    if (await holdsNonFinite(gpu, pass.preactivationGradients[index]!)) return `gradient of ${node.name}`
  }
  return 'gradient'
}

async function holdsNonFinite(gpu: Gpu, slice: BufferSlice): Promise<boolean> {
  return new Float32Array(await readSlice(gpu, slice)).some((value) => !Number.isFinite(value))
}
