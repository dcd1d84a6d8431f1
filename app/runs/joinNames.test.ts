import { expect, test } from 'vitest'
import { joinNames } from './joinNames'

test.each([
  [
    [
      ['hidden 1', 'output'],
      ['hidden 1', 'hidden 2', 'output'],
    ],
    ['hidden 1', 'hidden 2', 'output'],
  ],
  [
    [['hidden 1', 'hidden 2', 'output'], ['output'], ['hidden 1', 'output']],
    ['hidden 1', 'hidden 2', 'output'],
  ],
  [
    [
      ['conv 1', 'hidden 1', 'output'],
      ['conv 1', 'block 1 conv 1', 'block 1 conv 2', 'output'],
      ['conv 1', 'conv 2', 'hidden 1', 'output'],
    ],
    ['conv 1', 'conv 2', 'block 1 conv 1', 'block 1 conv 2', 'hidden 1', 'output'],
  ],
  [
    [['output'], ['conv 1', 'output']],
    ['conv 1', 'output'],
  ],
  [[], []],
])('%j become %j', (networks, joined) => {
  expect(joinNames(networks)).toEqual(joined)
})
