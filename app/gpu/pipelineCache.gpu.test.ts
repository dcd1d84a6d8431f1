import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from './buffers'
import { openGpu, type Gpu } from './device'
import { GpuError } from './errors'
import { defineKernel, packUniform } from './kernel'
import { PipelineCache } from './pipelineCache'
import { foldWorkgroups, submitPlan } from './plan'
import { readSlice } from './readback'
import { readShader } from './shaderSources'

const FIELDS = { count: 'u32', factor: 'f32' } as const
const mark = defineKernel({
  shader: 'test/mark',
  bindings: { mark: { uniform: FIELDS }, marks: 'read-write' },
  constants: ['SHIFT'],
})
const markSource = `#include "shared/index.wgsl"
override SHIFT: u32;
struct Mark { count: u32, factor: f32 }
@group(0) @binding(0) var<uniform> mark: Mark;
@group(0) @binding(1) var<storage, read_write> marks: array<f32>;
@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(num_workgroups) count: vec3u) {
  let index = linear_workgroup(workgroup, count);
  if (index < mark.count) { marks[index] += mark.factor * f32(index + SHIFT); }
}`

function sharedIndex(): Record<string, string> {
  return import.meta.glob('/shaders/shared/index.wgsl', { query: '?raw', import: 'default', eager: true })
}

let gpu: Gpu
let source: string
let pipelines: PipelineCache

beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => {
  gpu.close()
})
beforeEach(() => {
  source = markSource
  pipelines = new PipelineCache(gpu.device, (shader) =>
    readShader(shader, { '/shaders/test/mark.wgsl': source, ...sharedIndex() }),
  )
})

async function refusal(work: Promise<unknown>): Promise<GpuError> {
  const error: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!(error instanceof GpuError)) throw new Error(`expected a GpuError, got ${String(error)}`)
  return error
}

describe('a kernel', () => {
  test('runs with its constants and uniform, once per workgroup, also where the count folds to two dimensions', async () => {
    const scope = new BufferScope(gpu)
    const count = 65_535 + 7
    const kernel = await pipelines.compile(mark, { SHIFT: 3 })
    const marks = scope.storage('marks', count * 4)
    const uniform = scope.uniform('mark', packUniform(FIELDS, { count, factor: 0.5 }))
    const bindings = { mark: wholeBuffer(uniform), marks: wholeBuffer(marks) }
    const dispatch = kernel.dispatch(bindings, foldWorkgroups(count), count)
    expect(dispatch).toMatchObject({ label: 'test/mark', cost: count })
    submitPlan(gpu.device, [dispatch, dispatch])
    const values = new Float32Array(await readSlice(gpu, wholeBuffer(marks)))
    expect(values).toEqual(Float32Array.from({ length: count }, (_, index) => index + 3))
    scope.destroy()
  })
})

describe('compiling', () => {
  test('happens once per variant', async () => {
    const compiled: unknown[] = []
    const create = gpu.device.createComputePipelineAsync.bind(gpu.device)
    gpu.device.createComputePipelineAsync = (descriptor) => {
      compiled.push(descriptor.compute.constants)
      return create(descriptor)
    }
    const variants = [{ SHIFT: 1 }, { SHIFT: 2 }, { SHIFT: 1 }]
    await Promise.all(variants.map((constants) => pipelines.compile(mark, constants)))
    await pipelines.compile(mark, { SHIFT: 2 })
    gpu.device.createComputePipelineAsync = create
    expect(compiled).toEqual([{ SHIFT: 1 }, { SHIFT: 2 }])
  })

  test('a faulty shader is told with file, line and source line, of an included file too', async () => {
    source = markSource.replace('mark.factor *', 'mark.factr *')
    const own = await refusal(pipelines.compile(mark, { SHIFT: 1 }))
    expect(own.fault).toBe('shader-invalid')
    expect(own.message).toMatch(/^shaders\/test\/mark\.wgsl:9:\d+: .*factr/)
    expect(own.message).toContain('\n    if (index < mark.count) { marks[index] += mark.factr *')

    source = markSource
    const files = {
      '/shaders/test/mark.wgsl': markSource,
      '/shaders/shared/index.wgsl': '\nfn broken() -> u32 { return 1.5; }',
    }
    const included = new PipelineCache(gpu.device, (shader) => readShader(shader, files))
    const other = await refusal(included.compile(mark, { SHIFT: 1 }))
    expect(other.message).toMatch(/^shaders\/shared\/index\.wgsl:2:\d+: /)
  })

  test('a fault outside the text names the shader: a constant left out, a binding too few', async () => {
    const unset = defineKernel({ shader: 'test/mark', bindings: mark.bindings })
    const constants = await refusal(pipelines.compile(unset, {}))
    expect(constants.message).toMatch(/^shaders\/test\/mark\.wgsl: .*SHIFT/s)
    const short = defineKernel({ shader: 'test/mark', bindings: { mark: mark.bindings.mark }, constants: ['SHIFT'] })
    const bindings = await refusal(pipelines.compile(short, { SHIFT: 1 }))
    expect(bindings.message).toMatch(/^shaders\/test\/mark\.wgsl: .*binding/is)
  })

  test('a fault is told to its caller alone and forgotten, so that the next one tries again', async () => {
    const uncaptured: GpuError[] = []
    gpu.onUncapturedError = (error) => uncaptured.push(error)
    source = 'nonsense'
    await refusal(pipelines.compile(mark, { SHIFT: 1 }))
    source = markSource
    const kernel = await pipelines.compile(mark, { SHIFT: 1 })
    expect(kernel.spec).toBe(mark)
    await gpu.device.queue.onSubmittedWorkDone()
    expect(uncaptured).toEqual([])
  })
})
