import { expect, test } from 'vitest'
import { stripShader } from './leanShaders.mjs'

test('a shader loses comments and indentation and keeps every line in its place', () => {
  const shader = '// doubles\n#include "shared/index.wgsl"\n\nfn f(x: f32) -> f32 {\n  return x / 2.0; // half\n}\n'
  expect(stripShader(shader)).toBe('\n#include "shared/index.wgsl"\n\nfn f(x: f32) -> f32 {\nreturn x / 2.0;\n}\n')
})
