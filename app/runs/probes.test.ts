import { expect, test } from 'vitest'
import { whyNoProbes } from './probes'

test('data without classes or held-out samples say why they have no probes', () => {
  const classes = { kind: 'classification' }
  expect(whyNoProbes({ task: classes, heldOutCount: 5 })).toBeUndefined()
  expect(whyNoProbes({ task: classes, heldOutCount: 0 })).toContain('held out')
  expect(whyNoProbes({ task: { kind: 'regression' }, heldOutCount: 5 })).toContain('no classes')
})
