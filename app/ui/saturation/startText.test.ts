import { expect, test } from 'vitest'
import type { Initialisation } from '../../experiment/spec'
import { describeStart, describeStartBriefly } from './startText'

test.each<[Initialisation, string, string]>([
  ['torch', 'started as PyTorch does', 'PyTorch start'],
  ['he', 'started by He’s rule', 'He start'],
  ['glorot', 'started by Glorot’s rule', 'Glorot start'],
  ['lecun', 'started by LeCun’s rule', 'LeCun start'],
  [{ kind: 'normal', scale: 0.05 }, 'started normal, σ 0.05', 'Normal start'],
])('weights initialised by %j are told of in a few words, and in two', (initialisation, few, two) => {
  expect(describeStart(initialisation)).toBe(few)
  expect(describeStartBriefly(initialisation)).toBe(two)
})
