import { BufferScope, wholeBuffer } from '../../../app/gpu/buffers'
import type { Gpu } from '../../../app/gpu/device'
import { defineKernel } from '../../../app/gpu/kernel'
import { PipelineCache } from '../../../app/gpu/pipelineCache'
import { foldWorkgroups, submitPlan, type Dispatch } from '../../../app/gpu/plan'
import { readShader } from '../../../app/gpu/shaderSources'

/** What an adapter does at best, measured: nothing that computes can be faster. */
export interface Ceilings {
  /** Floating-point operations a second, in 10⁹. */
  readonly gigaflops: number
  /** Bytes read plus bytes written a second, in 10⁹. */
  readonly gigabytesPerSecond: number
  /** Of a dispatch that does nothing and waits for the one before, in 10⁻⁶ s. */
  readonly microsPerDispatch: number
}

const files: Record<string, string> = import.meta.glob('./*.wgsl', { query: '?raw', import: 'default', eager: true })
const multiplyAdd = defineKernel({ shader: 'multiply_add', bindings: { result: 'read-write' }, constants: ['ROUNDS'] })
const copy = defineKernel({ shader: 'copy', bindings: { destination: 'read-write', source: 'read' } })
const nothing = defineKernel({ shader: 'nothing', bindings: { result: 'read-write' } })

/** Far more than any cache holds, where the adapter allows it. */
const COPIED_BYTES = 2 ** 28
const CHAIN_OPERATIONS = 16 * 4 * 2
const ROUNDS = 256
const MILLIS_PER_MEASUREMENT = 200

export async function measureCeilings(gpu: Gpu): Promise<Ceilings> {
  const scope = new BufferScope(gpu)
  const shaders = Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace('.', '/shaders'), text]))
  const pipelines = new PipelineCache(gpu.device, (shader) => readShader(shader, shaders))
  try {
    const result = wholeBuffer(scope.storage('result', 2 ** 20))
    // Software does in a second what a GPU does in a millisecond: both get work that fits.
    const workgroups = gpu.software ? 64 : 16_384
    const flops = workgroups * 64 * ROUNDS * CHAIN_OPERATIONS
    const multiply = (await pipelines.compile(multiplyAdd, { ROUNDS })).dispatch({ result }, [workgroups, 1, 1], flops)
    const { destination, source, bytes } = copyBuffers(gpu, scope)
    const move = (await pipelines.compile(copy, {})).dispatch(
      { destination, source },
      foldWorkgroups(bytes / 16 / 256),
      0,
    )
    const idle = (await pipelines.compile(nothing, {})).dispatch({ result }, [1, 1, 1], 0)
    return {
      gigaflops: flops / (await secondsPerDispatch(gpu, multiply)) / 1e9,
      gigabytesPerSecond: (2 * bytes) / (await secondsPerDispatch(gpu, move)) / 1e9,
      microsPerDispatch: (await secondsPerDispatch(gpu, idle)) * 1e6,
    }
  } finally {
    scope.destroy()
  }
}

function copyBuffers(gpu: Gpu, scope: BufferScope) {
  const bytes = Math.min(
    COPIED_BYTES,
    gpu.limits.maxStorageBufferBindingSize - (gpu.limits.maxStorageBufferBindingSize % 4096),
  )
  const [destination, source] = ['destination', 'source'].map((label) => wholeBuffer(scope.storage(label, bytes)))
  return { destination: destination!, source: source!, bytes }
}

/** Best of three: what disturbs a measurement only ever slows it down. */
export async function secondsPerDispatch(gpu: Gpu, dispatch: Dispatch): Promise<number> {
  let repeats = 1
  let best = Infinity
  for (let measured = 0; measured < 3;) {
    const plan = Array.from({ length: repeats }, () => dispatch)
    const start = performance.now()
    submitPlan(gpu.device, plan)
    await gpu.device.queue.onSubmittedWorkDone()
    const millis = performance.now() - start
    if (millis < MILLIS_PER_MEASUREMENT && repeats < 2 ** 16) repeats *= 2
    else {
      best = Math.min(best, millis / 1000 / repeats)
      measured++
    }
  }
  return best
}
