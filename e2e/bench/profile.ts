import { createDataset } from '../../app/data/createDataset'
import type { GeneratedDataSpec } from '../../app/experiment/spec'
import { BufferScope } from '../../app/gpu/buffers'
import type { Gpu } from '../../app/gpu/device'
import { buildGraph } from '../../app/nn/graph'
import { initialiseLayer } from '../../app/nn/initialisation'
import { allocateParameters } from '../../app/nn/network'
import { packParameters } from '../../app/nn/parameters'
import { uploadSamples } from '../../app/nn/sampleTable'
import { createTrainingPass } from '../../app/nn/trainingPass'
import { networkData } from '../../app/training/networkData'
import { secondsPerDispatch } from './ceilings/ceilings'
import type { BenchNetwork } from './networks'
import { specOf } from './ours'
import { alignColumns, figures } from './table.mjs'

/** Times every dispatch of a training step by itself, in the order of the step. */
export async function profileStep(gpu: Gpu, network: BenchNetwork): Promise<string[]> {
  const spec = specOf(network, 'auto')
  const data = networkData(createDataset(spec.data as GeneratedDataSpec, spec.seed))
  const scope = new BufferScope(gpu)
  try {
    const graph = buildGraph(spec.layers, data.features)
    const samples = uploadSamples(scope, data, gpu.limits.maxStorageBufferBindingSize)
    const parameters = allocateParameters(gpu, scope, graph)
    const initial = graph.nodes.map((node) => initialiseLayer(spec.initialisation, node, spec.seed, node.layer.id))
    gpu.device.queue.writeBuffer(parameters.buffer, 0, packParameters(parameters.layout, initial))
    const { targetKind, trainingCount } = data
    const { plan } = await createTrainingPass(gpu, scope, graph, {
      spec,
      samples,
      targetKind,
      trainingCount,
      parameters,
    })
    const rows: string[][] = []
    let total = 0
    for (const dispatch of plan) {
      const seconds = await secondsPerDispatch(gpu, dispatch)
      total += seconds
      rows.push([dispatch.label, figures(seconds * 1e3), figures(dispatch.cost / seconds / 1e9)])
    }
    return alignColumns([['dispatch', 'ms', 'GFLOP/s'], ...rows, ['all', figures(total * 1e3), '']])
  } finally {
    scope.destroy()
  }
}
