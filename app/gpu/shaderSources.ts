type ShaderFiles = Readonly<Record<string, string>>

const files: ShaderFiles = import.meta.glob('/shaders/**/*.wgsl', { query: '?raw', import: 'default', eager: true })

/** A shader with its `#include`d helpers, and where each line came from. */
export interface ShaderSource {
  readonly code: string
  /** One entry per line of `code`. */
  readonly origins: readonly { readonly file: string; readonly line: number }[]
}

/** Paths of all shaders that are entry points (everything outside `shared/`), as `KernelSpec.shader` names them. */
export function shaderNames(): readonly string[] {
  return Object.keys(files)
    .map((path) => path.replace('/shaders/', '').replace('.wgsl', ''))
    .filter((name) => !name.startsWith('shared/'))
}

/**
 * Reads a shader and puts in place of each line `#include "shared/x.wgsl"` that file, once per shader.
 * @param from where the files are, by path from the root of the repository; other than the project's in tests.
 * @throws Error naming file and line where an included file does not exist.
 */
export function readShader(name: string, from: ShaderFiles = files): ShaderSource {
  const lines: string[] = []
  const origins: { file: string; line: number }[] = []
  const included = new Set<string>()
  const append = (file: string, wantedBy: string): void => {
    const text = from[`/shaders/${file}`]
    if (text === undefined) throw new Error(`shaders/${file} does not exist (wanted by ${wantedBy})`)
    text.split('\n').forEach((line, index) => {
      const target = /^#include "(.+)"$/.exec(line.trim())?.[1]
      if (target === undefined) {
        lines.push(line)
        origins.push({ file: `shaders/${file}`, line: index + 1 })
      } else if (!included.has(target)) {
        included.add(target)
        append(target, `shaders/${file}:${index + 1}`)
      }
    })
  }
  append(`${name}.wgsl`, 'a kernel spec')
  return { code: lines.join('\n'), origins }
}
