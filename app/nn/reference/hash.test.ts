import { expect, test } from 'vitest'
import { hashWords } from './hash'

test('the hash is MurmurHash3 by its published vectors', () => {
  const word = (text: string) => new DataView(new TextEncoder().encode(text).buffer).getUint32(0, true)
  expect(hashWords(0, [])).toBe(0)
  expect(hashWords(1, [])).toBe(0x514e28b7)
  expect(hashWords(0, [word('test')])).toBe(0xba6bd213)
  expect(hashWords(0x9747b28c, [word('test')])).toBe(0x704b81dc)
})
