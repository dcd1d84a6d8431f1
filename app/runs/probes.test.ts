import { expect, test } from 'vitest'
import { endProbes, NO_PROBES, whyNoProbes } from './probes'

test('data without classes or held-out samples say why they have no probes', () => {
  const classes = { kind: 'classification' }
  expect(whyNoProbes({ task: classes, heldOutCount: 5 })).toBeUndefined()
  expect(whyNoProbes({ task: classes, heldOutCount: 0 })).toContain('held out')
  expect(whyNoProbes({ task: { kind: 'regression' }, heldOutCount: 5 })).toContain('no classes')
})

test('probes asked for again at the same step take the place of those before', () => {
  const measuredAt = (step: number) => {
    const probes = { step, accuracy: [0.5], chance: 0.1, trainingSamples: 10, heldOutSamples: 5 }
    return { kind: 'measured', probes } as const
  }
  const after = [100, 100, 200].reduce((probes, step) => endProbes(probes, measuredAt(step)), NO_PROBES)
  expect(after.measured.map(({ step }) => step)).toEqual([100, 200])
})
