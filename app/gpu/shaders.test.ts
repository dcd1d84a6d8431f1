import { describe, expect, test } from 'vitest'
import { defineKernel, type BindingKind, type KernelSpec } from './kernel'
import { parseShader, type ShaderInterface } from './shaderInterface'
import { readShader, shaderNames } from './shaderSources'

/** What the default limits of WebGPU allow every device. */
const MOST_STORAGE_BUFFERS = 8

const modules = import.meta.glob<Record<string, unknown>>(
  ['/app/*/kernels/*.ts', '!/app/*/kernels/*.test.ts', '!/app/*/kernels/kernelTesting.ts'],
  { eager: true },
)
const specs = Object.values(modules).flatMap((module) => Object.values(module).filter(isSpec))

function isSpec(value: unknown): value is KernelSpec {
  return typeof value === 'object' && value !== null && 'shader' in value && 'bindings' in value && 'constants' in value
}

function describeKind(kind: BindingKind): string {
  if (typeof kind === 'object') return 'uniform'
  return kind === 'read' ? 'storage, read' : 'storage, read_write'
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** Everything in which a spec and its shader disagree, one sentence each. */
function disagreements(spec: KernelSpec, shader: ShaderInterface): string[] {
  const wanted = Object.entries(spec.bindings).map(([name, kind], binding) => ({
    place: `0.${binding}`,
    text: `${snakeCase(name)}: ${describeKind(kind)}`,
    fields: typeof kind === 'object' ? Object.entries(kind.uniform) : undefined,
  }))
  const offered = new Map(
    shader.bindings.map(({ group, binding, name, access, fields }) => [
      `${group}.${binding}`,
      { text: `${name}: ${access}`, fields },
    ]),
  )
  const faults = wanted.flatMap(({ place, text, fields }) => {
    const found = offered.get(place)
    if (found?.text !== text) return [`binding ${place} is “${found?.text}” in the shader, “${text}” in the spec`]
    const sameFields = !fields || JSON.stringify(fields) === JSON.stringify(found.fields)
    return sameFields ? [] : [`fields of ${text}: ${JSON.stringify(found.fields)} and ${JSON.stringify(fields)}`]
  })
  if (shader.bindings.length !== wanted.length) faults.push('the numbers of bindings differ')
  return [...faults, ...constantFaults(spec, shader)]
}

function constantFaults(spec: KernelSpec, shader: ShaderInterface): string[] {
  const declared = new Set(shader.overrides.map(({ name }) => name))
  const set = new Set(spec.constants)
  return [
    ...spec.constants.filter((name) => !declared.has(name)).map((name) => `the shader has no override ${name}`),
    ...shader.overrides
      .filter(({ name, optional }) => !optional && !set.has(name))
      .map(({ name }) => `override ${name} has no default and the spec does not set it`),
  ]
}

describe('every kernel', () => {
  test('has a shader, and every shader has one kernel', () => {
    expect(specs.length).toBeGreaterThan(0)
    expect(specs.map(({ shader }) => shader).toSorted()).toEqual(shaderNames().toSorted())
  })

  test.each(specs.map((spec) => [spec.shader, spec] as const))('%s agrees with its shader', (_name, spec) => {
    expect(disagreements(spec, parseShader(readShader(spec.shader).code))).toEqual([])
  })

  test.each(shaderNames())(
    '%s has the one entry point main and no more storage buffers than any device takes',
    (name) => {
      const { bindings, entryPoints } = parseShader(readShader(name).code)
      expect(entryPoints).toEqual(['main'])
      const buffers = bindings.filter(({ access }) => access.startsWith('storage'))
      expect(buffers.length).toBeLessThanOrEqual(MOST_STORAGE_BUFFERS)
    },
  )
})

describe('the comparison', () => {
  const code = `
    struct Size { rows: u32, /* of the batch */ scale: f32, }
    override TILE: u32;
    override DEPTH = 4u;
    @group(0) @binding(0) var<uniform> size: Size;
    @group(0) @binding(1) var<storage, read> output_gradient: array<vec4f>;
    // @group(0) @binding(9) var<storage, read> commented: array<vec4f>;
    @group(0) @binding(2) var<storage,read_write> result: array<vec4f>;
    @compute @workgroup_size(TILE, 4) fn main(@builtin(global_invocation_id) id: vec3u) {}
  `
  const size = { uniform: { rows: 'u32', scale: 'f32' } } as const
  const bindings = { size, outputGradient: 'read', result: 'read-write' } as const
  const compare = (other: object, constants: string[] = ['TILE']) =>
    disagreements(defineKernel({ shader: 'x', bindings: { ...bindings, ...other }, constants }), parseShader(code))

  test('finds nothing where all agree', () => {
    expect(compare({})).toEqual([])
    expect(compare({}, ['TILE', 'DEPTH'])).toEqual([])
    expect(parseShader(code).entryPoints).toEqual(['main'])
  })

  test('finds a wrong access, a missing binding, an exchange of names and a surplus one', () => {
    expect(compare({ result: 'read' })).toHaveLength(1)
    expect(compare({ more: 'read' })).toHaveLength(2)
    expect(
      disagreements(defineKernel({ shader: 'x', bindings: { size }, constants: ['TILE'] }), parseShader(code)),
    ).toEqual(['the numbers of bindings differ'])
    const exchanged = { size, result: 'read-write', outputGradient: 'read' } as const
    const spec = defineKernel({ shader: 'x', bindings: exchanged, constants: ['TILE'] })
    expect(disagreements(spec, parseShader(code))).toHaveLength(2)
  })

  test('finds fields of another order, type or name', () => {
    expect(compare({ size: { uniform: { scale: 'f32', rows: 'u32' } } })).toHaveLength(1)
    expect(compare({ size: { uniform: { rows: 'i32', scale: 'f32' } } })).toHaveLength(1)
    expect(compare({ size: { uniform: { row: 'u32', scale: 'f32' } } })).toHaveLength(1)
  })

  test('finds constants that the shader lacks and overrides that nobody sets', () => {
    expect(compare({}, ['TILE', 'WIDTH'])).toEqual(['the shader has no override WIDTH'])
    expect(compare({}, [])).toEqual(['override TILE has no default and the spec does not set it'])
  })
})
