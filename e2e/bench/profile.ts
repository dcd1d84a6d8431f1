import { createDataset } from '../../app/data/createDataset'
import type { GeneratedDataSpec } from '../../app/experiment/dataSpec'
import { BufferScope } from '../../app/gpu/buffers'
import type { Gpu } from '../../app/gpu/device'
import type { Plan } from '../../app/gpu/plan'
import { initialValues } from '../../app/nn/initialisation'
import { packParameters } from '../../app/nn/parameters'
import { createJointBatch } from '../../app/spectral/jointBatch'
import { compileRun } from '../../app/training/compiledRun'
import { createGpuEngine } from '../../app/training/engine'
import { checkArchitecture } from '../../app/training/openSession'
import { secondsPerDispatch } from './ceilings/ceilings'
import type { BenchNetwork } from './networks'
import { specOf } from './ours'
import { alignColumns, figures } from './table.mjs'

/** Times every dispatch of a training step and of a column by itself, in the order in which they run. */
export async function profileNetwork(gpu: Gpu, network: BenchNetwork): Promise<string[]> {
  const engine = createGpuEngine(gpu)
  const spec = specOf(network, 'auto')
  const dataset = createDataset(spec.data as GeneratedDataSpec, spec.seed)
  const scope = new BufferScope(gpu)
  try {
    const architecture = checkArchitecture(engine, spec, dataset)
    const { graph, parameters, training, measuring } = await compileRun(engine, scope, spec, architecture, dataset)
    const initial = initialValues(spec.initialisation, graph, spec.seed)
    gpu.device.queue.writeBuffer(parameters.buffer, 0, packParameters(parameters.layout, initial))
    const { column, jacobi, samples } = measuring
    const solve = jacobi ? createJointBatch(gpu.ledger, scope, [jacobi]).plan : []
    return [
      ...(await profilePlan(gpu, 'a training step', training.plan)),
      '',
      ...(await profilePlan(gpu, `a column of ${samples} samples`, [...column, ...solve])),
    ]
  } finally {
    scope.destroy()
  }
}

async function profilePlan(gpu: Gpu, name: string, plan: Plan): Promise<string[]> {
  const rows: string[][] = []
  let total = 0
  for (const [dispatch, times] of countAlike(plan)) {
    const seconds = (await secondsPerDispatch(gpu, dispatch)) * times
    const gigaflops = (dispatch.cost * times) / seconds / 1e9
    total += seconds
    rows.push([dispatch.label, String(times), figures(seconds * 1e3), figures(gigaflops)])
  }
  return alignColumns([[name, 'times', 'ms', 'GFLOP/s'], ...rows, ['all', '', figures(total * 1e3), '']])
}

/** Dispatches of the same kernel, size and cost take the same time: one of them stands for all. */
function countAlike(plan: Plan) {
  const counts = new Map<string, { readonly dispatch: Plan[number]; times: number }>()
  for (const dispatch of plan) {
    const kind = `${dispatch.label} ${dispatch.workgroups.join('×')} ${dispatch.cost}`
    const alike = counts.get(kind) ?? { dispatch, times: 0 }
    alike.times++
    counts.set(kind, alike)
  }
  return [...counts.values()].map(({ dispatch, times }) => [dispatch, times] as const)
}
