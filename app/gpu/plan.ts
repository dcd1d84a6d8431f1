export type Workgroups = readonly [x: number, y: number, z: number]

/** One dispatch, ready to encode: nothing is created when it runs. */
export interface Dispatch {
  readonly label: string
  readonly pipeline: GPUComputePipeline
  readonly bindGroup: GPUBindGroup
  readonly workgroups: Workgroups
  /** Estimated floating-point operations; only ratios matter. */
  readonly cost: number
}

/** A flat list of dispatches in the order they run. */
export type Plan = readonly Dispatch[]

const MAX_WORKGROUPS_PER_DIMENSION = 65_535

/**
 * Spreads `count` workgroups over two dimensions where one would not do. The shader finds its number with
 * `linear_workgroup` (shaders/shared/index.wgsl) and must ignore numbers ≥ count.
 */
export function foldWorkgroups(count: number): Workgroups {
  if (count <= MAX_WORKGROUPS_PER_DIMENSION) return [count, 1, 1]
  const rows = Math.ceil(count / MAX_WORKGROUPS_PER_DIMENSION)
  return [Math.ceil(count / rows), rows, 1]
}

/** Records dispatches `from` ≤ i < `to` of a plan into an open pass. */
export function encodePlan(pass: GPUComputePassEncoder, plan: Plan, from = 0, to = plan.length): void {
  for (let index = from; index < to; index++) {
    const dispatch = plan[index]!
    pass.setPipeline(dispatch.pipeline)
    pass.setBindGroup(0, dispatch.bindGroup)
    pass.dispatchWorkgroups(...dispatch.workgroups)
  }
}

/** Runs a plan by itself, outside any session: for one-off work (api.ts) and kernel tests. */
export function submitPlan(device: GPUDevice, plan: Plan): void {
  const encoder = device.createCommandEncoder({ label: 'plan' })
  const pass = encoder.beginComputePass({ label: 'plan' })
  encodePlan(pass, plan)
  pass.end()
  device.queue.submit([encoder.finish()])
}
