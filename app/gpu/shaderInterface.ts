/** What a shader offers from outside, read from its text: enough of WGSL for the project's own shaders. */
export interface ShaderInterface {
  /** By group and number, in the order of the text. */
  readonly bindings: readonly ShaderBinding[]
  readonly overrides: readonly { readonly name: string; readonly optional: boolean }[]
  readonly entryPoints: readonly string[]
}

interface ShaderBinding {
  readonly group: number
  readonly binding: number
  readonly name: string
  /** `uniform`, `storage, read` or `storage, read_write`. */
  readonly access: string
  /** Fields of the struct that the variable's type names, in order; undefined where it names none. */
  readonly fields: readonly (readonly [name: string, type: string])[] | undefined
}

export function parseShader(code: string): ShaderInterface {
  const text = code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*/g, '')
  const structs = parseStructs(text)
  const bindings = [
    ...text.matchAll(/@group\((\d+)\)\s*@binding\((\d+)\)\s*var\s*<([^>]+)>\s*(\w+)\s*:\s*([^;]+);/g),
  ].map(([, group, binding, access = '', name = '', type = '']) => ({
    group: Number(group),
    binding: Number(binding),
    name,
    access: access.replaceAll(/\s*,\s*/g, ', ').trim(),
    fields: structs.get(type.trim()),
  }))
  const overrides = [...text.matchAll(/\boverride\s+(\w+)\s*(?::\s*\w+\s*)?(=|;)/g)].map(([, name = '', end]) => ({
    name,
    optional: end === '=',
  }))
  const entryPoints = [...text.matchAll(/@compute\b[^{;]*?\bfn\s+(\w+)/g)].map(([, name = '']) => name)
  return { bindings, overrides, entryPoints }
}

function parseStructs(text: string): ReadonlyMap<string, readonly (readonly [string, string])[]> {
  return new Map(
    [...text.matchAll(/\bstruct\s+(\w+)\s*\{([^}]*)\}/g)].map(([, name = '', body = '']) => [
      name,
      [...body.matchAll(/(\w+)\s*:\s*([^,]+)/g)].map(([, field = '', type = '']) => [field, type.trim()] as const),
    ]),
  )
}
