import { expect, test } from 'vitest'
import { parseSpecOrThrow } from '../../experiment/schema'
import { describeField, describeJump, findLayerFields } from './layerFields'

const image = { height: 8, width: 8, channels: 1 }

test('fields are found by place, borders by name, the certain one first of all', () => {
  const conv = { kind: 'conv' } as const
  const block = { kind: 'residual', layers: [conv, conv] } as const
  const network = [conv, block, block, conv, conv, conv, { kind: 'globalAveragePool' }, {}] as const
  const { layers } = parseSpecOrThrow({ data: { kind: 'idx' }, layers: network })
  const fields = findLayerFields(layers, image)
  expect(fields.at(0)).toEqual({ shortest: 3, longest: 3, jump: 1 })
  expect(fields.at([1, 1])).toEqual({ shortest: 7, longest: 7, jump: 1 })
  expect(fields.at(2)).toEqual({ shortest: 3, longest: 11, jump: 1 })
  expect(fields.at(6)).toBeUndefined()
  expect(fields.borderAt('block 2 conv 2')).toBe('possible')
  expect(fields.borderAt('conv 4')).toBeUndefined()
  const plain = parseSpecOrThrow({ data: { kind: 'idx' }, layers: [conv, conv, conv, conv, conv, conv, {}] })
  expect(findLayerFields(plain.layers, image).borderAt('conv 5')).toBe('certain')
})

test('ways of different length are both told, and distances without dust', () => {
  expect(describeField({ shortest: 7, longest: 7, jump: 2 })).toBe('7×7')
  expect(describeField({ shortest: 3, longest: 43, jump: 1 })).toBe('3×3 to 43×43')
  expect([1, 4, 0.5, 1 / 3].map((jump) => describeJump({ shortest: 1, longest: 1, jump }))).toEqual([
    '1 pixel apart',
    '4 pixels apart',
    '0.5 pixels apart',
    '0.333 pixels apart',
  ])
})
