import type { BufferSlice } from './buffers'
import type { Dispatch, Workgroups } from './plan'

/** Fields of a uniform struct, in order; 4-byte scalars only, so that field i lies at byte 4·i. */
export type UniformFields = Readonly<Record<string, 'u32' | 'i32' | 'f32'>>

/** How a shader sees a binding. A uniform names its struct's fields, and a test compares them with the shader's. */
export type BindingKind = 'read' | 'read-write' | { readonly uniform: UniformFields }

/** Bindings of group 0 by name; the n-th key is `@binding(n)`. */
export type Bindings = Readonly<Record<string, BindingKind>>

/** A kernel as a plain value: importing it touches no GPU. */
export interface KernelSpec<B extends Bindings = Bindings, C extends string = string> {
  /** Path of the shader below `shaders/`, without its ending: `nn/dense_forward`. */
  readonly shader: string
  readonly bindings: B
  /** Names of the shader's override constants that callers set. */
  readonly constants: readonly C[]
}

export function defineKernel<const B extends Bindings, const C extends string = never>(spec: {
  readonly shader: string
  readonly bindings: B
  readonly constants?: readonly C[]
}): KernelSpec<B, C> {
  return { shader: spec.shader, bindings: spec.bindings, constants: spec.constants ?? [] }
}

/** Values for the override constants of one variant of a kernel. */
export type KernelConstants<C extends string> = Readonly<Record<C, number>>

/** A compiled variant of a kernel. Binding a buffer too few is a type error. */
export class Kernel<B extends Bindings = Bindings> {
  readonly spec: KernelSpec<B>
  readonly #device: GPUDevice
  readonly #pipeline: GPUComputePipeline
  readonly #layout: GPUBindGroupLayout

  constructor(device: GPUDevice, spec: KernelSpec<B>, pipeline: GPUComputePipeline, layout: GPUBindGroupLayout) {
    this.#device = device
    this.spec = spec
    this.#pipeline = pipeline
    this.#layout = layout
  }

  /**
   * One entry of a plan.
   * @param workgroups use `foldWorkgroups` where a count may exceed 65,535.
   * @param cost floating-point operations, to size submits by.
   */
  dispatch(bindings: { readonly [K in keyof B]: BufferSlice }, workgroups: Workgroups, cost: number): Dispatch {
    const names = Object.keys(this.spec.bindings)
    const bindGroup = this.#device.createBindGroup({
      label: this.spec.shader,
      layout: this.#layout,
      entries: names.map((name, binding) => ({ binding, resource: bindings[name as keyof B] })),
    })
    return { label: this.spec.shader, pipeline: this.#pipeline, bindGroup, workgroups, cost }
  }
}

/** Packs values for a uniform struct; the result is a multiple of 16 bytes long. */
export function packUniform<F extends UniformFields>(
  fields: F,
  values: { readonly [K in keyof F]: number },
): ArrayBuffer {
  const names = Object.keys(fields)
  const view = new DataView(new ArrayBuffer(Math.ceil(names.length / 4) * 16))
  names.forEach((name, index) => {
    const value = values[name as keyof F]
    const type = fields[name]
    if (type === 'f32') view.setFloat32(index * 4, value, true)
    else if (type === 'i32') view.setInt32(index * 4, value, true)
    else view.setUint32(index * 4, value, true)
  })
  return view.buffer
}
