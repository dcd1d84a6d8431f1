import { expect, test } from 'vitest'
import { packUniform } from './kernel'

test('a uniform holds its fields in order, little-endian, padded to 16 bytes', () => {
  const fields = { rows: 'u32', shift: 'i32', scale: 'f32', first: 'u32', last: 'u32' } as const
  const packed = packUniform(fields, { last: 2 ** 32 - 1, first: 3, scale: 0.5, shift: -2, rows: 7 })
  const view = new DataView(packed)
  expect(packed.byteLength).toBe(32)
  expect(view.getUint32(0, true)).toBe(7)
  expect(view.getInt32(4, true)).toBe(-2)
  expect(view.getFloat32(8, true)).toBe(0.5)
  expect(view.getUint32(12, true)).toBe(3)
  expect(view.getUint32(16, true)).toBe(2 ** 32 - 1)
})
