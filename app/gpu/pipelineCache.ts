import { GpuError } from './errors'
import { Kernel, type BindingKind, type Bindings, type KernelConstants, type KernelSpec } from './kernel'
import { readShader, type ShaderSource } from './shaderSources'

/** Compiles each variant of each kernel once per device. */
export class PipelineCache {
  readonly #device: GPUDevice
  readonly #kernels = new Map<string, Promise<Kernel>>()

  constructor(device: GPUDevice) {
    this.#device = device
  }

  /**
   * Start all compilations before awaiting any: the browser compiles them side by side.
   * @throws GpuError `shader-invalid` with file, line and source line.
   */
  compile<B extends Bindings, C extends string>(spec: KernelSpec<B, C>, constants: KernelConstants<C>): Promise<Kernel<B>> {
    const key = `${spec.shader} ${JSON.stringify(constants)}`
    let kernel = this.#kernels.get(key)
    if (!kernel) {
      kernel = compileKernel(this.#device, spec, constants)
      this.#kernels.set(key, kernel)
      // A failed compilation is reported to its caller and tried again by the next one.
      kernel.catch(() => this.#kernels.delete(key))
    }
    // The key names the spec, so the kernel found under it has this spec's bindings.
    return kernel as unknown as Promise<Kernel<B>>
  }
}

async function compileKernel(device: GPUDevice, spec: KernelSpec, constants: Record<string, number>): Promise<Kernel> {
  const source = readShader(spec.shader)
  const module = device.createShaderModule({ label: spec.shader, code: source.code })
  const layout = device.createBindGroupLayout({
    label: spec.shader,
    entries: Object.values(spec.bindings).map((kind, binding) => ({
      binding,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: bufferType(kind) },
    })),
  })
  try {
    const pipeline = await device.createComputePipelineAsync({
      label: spec.shader,
      layout: device.createPipelineLayout({ label: spec.shader, bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main', constants },
    })
    return new Kernel(device, spec, pipeline, layout)
  } catch (cause) {
    const info = await module.getCompilationInfo()
    throw new GpuError('shader-invalid', describeFailure(spec.shader, source, info.messages, cause), { cause })
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
  cause: unknown,
): string {
  const lines = source.code.split('\n')
  const faults = messages
    .filter((message) => message.type === 'error')
    .map((message) => {
      const origin = source.origins[message.lineNum - 1]
      const place = origin ? `${origin.file}:${origin.line}:${message.linePos}` : `shaders/${shader}.wgsl`
      return `${place}: ${message.message}\n    ${lines[message.lineNum - 1]?.trim() ?? ''}`
    })
  return faults.length > 0 ? faults.join('\n') : `shaders/${shader}.wgsl: ${String(cause)}`
}
