import { expect, test } from 'vitest'
import { readShader } from './shaderSources'

const files = {
  '/shaders/nn/dense.wgsl': '#include "shared/a.wgsl"\n#include "shared/b.wgsl"\nfn main() {}',
  '/shaders/nn/lost.wgsl': 'fn main() {}\n  #include "shared/nowhere.wgsl"',
  '/shaders/shared/a.wgsl': '#include "shared/b.wgsl"\nfn a() {}',
  '/shaders/shared/b.wgsl': 'fn b() {}',
}

test('includes are put in place once, in the order of first use', () => {
  expect(readShader('nn/dense', files).code).toBe('fn b() {}\nfn a() {}\nfn main() {}')
})

test('every line knows its file and line', () => {
  expect(readShader('nn/dense', files).origins).toEqual([
    { file: 'shaders/shared/b.wgsl', line: 1 },
    { file: 'shaders/shared/a.wgsl', line: 2 },
    { file: 'shaders/nn/dense.wgsl', line: 3 },
  ])
})

test('a missing include is named with the line that wants it', () => {
  expect(() => readShader('nn/lost', files)).toThrow(
    'shaders/shared/nowhere.wgsl does not exist (wanted by shaders/nn/lost.wgsl:2)',
  )
  expect(() => readShader('nn/none', files)).toThrow('shaders/nn/none.wgsl does not exist')
})
