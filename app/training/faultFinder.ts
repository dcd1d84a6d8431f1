import type { BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import { readSlice } from '../gpu/readback'
import type { ForwardBuffers } from '../nn/forwardPass'
import type { Graph } from '../nn/graph'
import { sumLossPartials } from '../nn/kernels/loss'
import type { TrainingPass } from '../nn/trainingPass'

/**
 * Names the first place of a refused step that holds NaN or infinity, in the order of computation. The latch froze
 * weights, batch and dropout, so the step's buffers still hold exactly what was refused.
 */
export async function findNonFinite(
  gpu: Gpu,
  graph: Graph,
  forward: ForwardBuffers,
  pass: TrainingPass,
): Promise<string> {
  for (const [index, node] of graph.nodes.entries()) {
    const largest = await largestMagnitude(gpu, forward.nodes[index]!.preactivation)
    if (!Number.isFinite(largest)) return node.name
  }
  const { loss } = sumLossPartials(await readSlice(gpu, pass.lossPartials))
  if (!Number.isFinite(Math.fround(loss))) return 'loss'
  return `gradient of ${await findGradient(gpu, graph, pass)}`
}

/** The layer nearest to the loss whose gradient is not finite; where only their norm is not, that of the largest. */
async function findGradient(gpu: Gpu, graph: Graph, pass: TrainingPass): Promise<string> {
  const magnitudes = await Promise.all(
    pass.gradients.map(async (slices) =>
      Math.max(0, ...(await Promise.all(Object.values(slices).map((slice) => largestMagnitude(gpu, slice))))),
    ),
  )
  const faulty = magnitudes.findLastIndex((magnitude) => !Number.isFinite(magnitude))
  return graph.nodes[faulty >= 0 ? faulty : magnitudes.indexOf(Math.max(...magnitudes))]!.name
}

/** Infinity where an element is NaN. */
async function largestMagnitude(gpu: Gpu, slice: BufferSlice): Promise<number> {
  const values = new Float32Array(await readSlice(gpu, slice))
  return values.reduce((most, value) => (Number.isNaN(value) ? Infinity : Math.max(most, Math.abs(value))), 0)
}
