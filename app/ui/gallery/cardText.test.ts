import { expect, test } from 'vitest'
import { presets } from '../../experiment/presetList'
import { defaultPreset, presetSpec } from '../../experiment/presets'
import { parseSpecOrThrow } from '../../experiment/schema'
import { describeEnd, describeNetwork, describeResult } from './cardText'
import { groups } from './groups'

test('a network is told by its widths from the inputs on, and its parameters', () => {
  expect(describeNetwork(presetSpec(defaultPreset))).toEqual({
    widths: '196 → 80 → 40 → 80 → 80 → 10',
    parameters: '29,570 parameters',
  })
})

test('layers of images are told by kind, several of a kind as one stage', () => {
  const conv = (channels: number) => ({ kind: 'conv', channels }) as const
  const block = { kind: 'residual', layers: [conv(32), conv(32)] } as const
  const layers = [conv(16), conv(16), { kind: 'maxPool' }, block, block, { kind: 'globalAveragePool' }, {}] as const
  const spec = parseSpecOrThrow({ data: { kind: 'digits', size: 14 }, layers })
  expect(describeNetwork(spec).widths).toBe('14×14×1 → conv 16, 16 → pool → block 32, 32 → global average → dense 10')
})

test('a result is an accuracy, or a loss where there are no classes', () => {
  expect(describeResult({ loss: 0.2, accuracy: 0.953 })).toBe('95\u202f% held-out accuracy')
  expect(describeResult({ loss: 0.00312 })).toBe('held-out loss 0.00312')
})

test('the picture is told in words by how it ends', () => {
  const layers = [
    { name: 'hidden 1', width: 80, directions: '64 41' },
    { name: 'output', width: 10, directions: '10 6' },
  ]
  expect(describeEnd(layers)).toBe('Directions used at the end: hidden 1 41 of 80, output 6 of 10.')
})

test('every preset is in one group, the usual one first of all', () => {
  expect(groups.flatMap(({ members }) => members)).toEqual(presets)
  expect(groups[0]?.members[0]).toBe(defaultPreset)
})
