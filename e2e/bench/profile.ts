import { createDataset } from '../../app/data/createDataset'
import type { GeneratedDataSpec } from '../../app/experiment/dataSpec'
import { BufferScope } from '../../app/gpu/buffers'
import type { Gpu } from '../../app/gpu/device'
import type { Dispatch, Plan } from '../../app/gpu/plan'
import { initialValues } from '../../app/nn/initialisation'
import { packParameters } from '../../app/nn/parameters'
import { createJointBatch } from '../../app/spectral/jointBatch'
import { compileRun } from '../../app/training/compiledRun'
import { createGpuEngine } from '../../app/training/engine'
import { checkArchitecture } from '../../app/training/openSession'
import { secondsPerDispatch, type Ceilings } from './ceilings/ceilings'
import type { BenchNetwork } from './networks'
import { specOf } from './ours'
import { alignColumns, figures, percent } from './table.mjs'

/** Times every dispatch of a training step and of a column by itself, in the order in which they run. */
export async function profileNetwork(gpu: Gpu, network: BenchNetwork, ceilings: Ceilings): Promise<string[]> {
  const engine = createGpuEngine(gpu)
  const profiler: Profiler = { gpu, ceilings, boundBytes: watchBindGroups(gpu.device) }
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
      ...(await profilePlan(profiler, 'a training step', training.plan)),
      '',
      ...(await profilePlan(profiler, `a column of ${samples} samples`, [...column, ...solve])),
    ]
  } finally {
    scope.destroy()
  }
}

interface Profiler {
  readonly gpu: Gpu
  readonly ceilings: Ceilings
  readonly boundBytes: WeakMap<GPUBindGroup, number>
}

/**
 * Bytes of all buffers in each bind group that is made from now on: what a dispatch moves where it touches every number
 * once, and more than it moves where it needs a part of a buffer alone, as of the samples or of shared scratch.
 */
function watchBindGroups(device: GPUDevice): WeakMap<GPUBindGroup, number> {
  const boundBytes = new WeakMap<GPUBindGroup, number>()
  const createBindGroup = device.createBindGroup.bind(device)
  device.createBindGroup = (descriptor) => {
    const group = createBindGroup(descriptor)
    boundBytes.set(
      group,
      [...descriptor.entries].reduce((sum, { resource }) => sum + bytesOf(resource), 0),
    )
    return group
  }
  return boundBytes
}

function bytesOf(resource: GPUBindingResource): number {
  if (!('buffer' in resource)) return 0
  return resource.size ?? resource.buffer.size - (resource.offset ?? 0)
}

async function profilePlan(profiler: Profiler, name: string, plan: Plan): Promise<string[]> {
  const measured: { readonly dispatch: Dispatch; readonly times: number; readonly seconds: number }[] = []
  for (const [dispatch, times] of countAlike(plan)) {
    measured.push({ dispatch, times, seconds: (await secondsPerDispatch(profiler.gpu, dispatch)) * times })
  }
  const total = measured.reduce((sum, { seconds }) => sum + seconds, 0)
  const rows = measured.map(({ dispatch, times, seconds }) => [
    dispatch.label,
    String(times),
    figures(seconds * 1e3),
    percent(seconds / total),
    ...compareWithCeilings(profiler, dispatch, seconds / times),
  ])
  const headings = [name, 'times', 'ms', 'share', 'GFLOP/s', 'of the ceiling', 'GB/s bound', 'of the ceiling']
  return alignColumns([headings, ...rows, ['all', '', figures(total * 1e3), '', '', '', '', '']])
}

function compareWithCeilings({ ceilings, boundBytes }: Profiler, dispatch: Dispatch, seconds: number): string[] {
  const gigaflops = dispatch.cost / seconds / 1e9
  const gigabytes = (boundBytes.get(dispatch.bindGroup) ?? 0) / seconds / 1e9
  return [
    figures(gigaflops),
    percent(gigaflops / ceilings.gigaflops),
    figures(gigabytes),
    percent(gigabytes / ceilings.gigabytesPerSecond),
  ]
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
