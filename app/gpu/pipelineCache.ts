import { GpuError } from './errors'
import { Kernel, type BindingKind, type Bindings, type KernelConstants, type KernelSpec } from './kernel'
import { readShader, type ShaderSource } from './shaderSources'

interface CompiledPipeline {
  readonly pipeline: GPUComputePipeline
  readonly layout: GPUBindGroupLayout
}

/** Compiles each variant of each kernel once per device. */
export class PipelineCache {
  readonly #device: GPUDevice
  readonly #read: (shader: string) => ShaderSource
  readonly #compiled = new Map<string, Promise<CompiledPipeline>>()

  /** @param read finds the source of a shader; tests hand in broken ones. */
  constructor(device: GPUDevice, read: (shader: string) => ShaderSource = (shader) => readShader(shader)) {
    this.#device = device
    this.#read = read
  }

  /**
   * Start all compilations before awaiting any: the browser compiles them side by side.
   * @throws GpuError `shader-invalid` with file, line and source line.
   */
  async compile<B extends Bindings, C extends string>(
    spec: KernelSpec<B, C>,
    constants: KernelConstants<C>,
  ): Promise<Kernel<B>> {
    const key = `${spec.shader} ${JSON.stringify(constants)}`
    let compiled = this.#compiled.get(key)
    if (!compiled) {
      compiled = compilePipeline(this.#device, spec, constants, this.#read(spec.shader))
      this.#compiled.set(key, compiled)
      // A failed compilation is reported to its caller and tried again by the next one.
      compiled.catch(() => this.#compiled.delete(key))
    }
    const { pipeline, layout } = await compiled
    return new Kernel(this.#device, spec, pipeline, layout)
  }
}

async function compilePipeline(
  device: GPUDevice,
  spec: KernelSpec,
  constants: Record<string, number>,
  source: ShaderSource,
): Promise<CompiledPipeline> {
  const label = spec.shader
  // Faults of the parts would otherwise reach `onUncapturedError` beside the rejection here.
  device.pushErrorScope('validation')
  const module = device.createShaderModule({ label, code: source.code })
  const layout = device.createBindGroupLayout({
    label,
    entries: Object.values(spec.bindings).map((kind, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: bufferType(kind) },
    })),
  })
  const pipelineLayout = device.createPipelineLayout({ label, bindGroupLayouts: [layout] })
  // Rejects only where the device is gone, which whoever waits for the pipeline learns as well.
  const fault = device.popErrorScope().catch(() => null)
  try {
    const compute = { module, entryPoint: 'main', constants }
    const pipeline = await device.createComputePipelineAsync({ label, layout: pipelineLayout, compute })
    await fault
    return { pipeline, layout }
  } catch (cause) {
    const info = await module.getCompilationInfo()
    const reason = (await fault)?.message ?? String(cause)
    throw new GpuError('shader-invalid', describeFailure(label, source, info.messages, reason), { cause })
  }
}

function bufferType(kind: BindingKind): GPUBufferBindingType {
  if (kind === 'read') return 'read-only-storage'
  return kind === 'read-write' ? 'storage' : 'uniform'
}

function describeFailure(
  shader: string,
  source: ShaderSource,
  messages: readonly GPUCompilationMessage[],
  reason: string,
): string {
  const lines = source.code.split('\n')
  const faults = messages
    .filter((message) => message.type === 'error')
    .map((message) => {
      const origin = source.origins[message.lineNum - 1]
      const place = origin ? `${origin.file}:${origin.line}:${message.linePos}` : `shaders/${shader}.wgsl`
      return `${place}: ${message.message}\n    ${lines[message.lineNum - 1]?.trim() ?? ''}`
    })
  return faults.length > 0 ? faults.join('\n') : `shaders/${shader}.wgsl: ${reason}`
}
