import { expect, test } from 'vitest'
import { MOST_FEATURES } from '../experiment/flattening'
import { LARGEST_ORDER } from '../spectral/chooseSolver'
import { probeSize, type ProbeDemand } from './probeSize'

const dense = { channels: 128, positions: 1 }
const image = { channels: 16, positions: 784 }

function size(change: Partial<ProbeDemand>): number {
  const demand = {
    samples: 4096,
    sampling: 'channelwise',
    outputs: [dense],
    flopsPerSample: 1e5,
    software: true,
  } as const
  return probeSize({ ...demand, ...change })
}

test('as many samples as were asked for go through a network that is quick enough', () => {
  expect(size({})).toBe(4096)
  expect(size({ samples: 1500 })).toBe(1500)
  expect(size({ outputs: [image], flopsPerSample: 4e6, software: false })).toBe(4096)
})

test('ten rows per feature of the widest output are measured in any case', () => {
  expect(size({ samples: 256 })).toBe(1280)
  expect(size({ outputs: [dense, { channels: 512, positions: 1 }], flopsPerSample: 1e9 })).toBe(5120)
  expect(size({ outputs: [{ channels: 1000, positions: 4 }], samples: 10 })).toBe(2500)
})

test('positions of images are of 64 images at least, and of no more than the work of a column allows', () => {
  expect(size({ outputs: [image], samples: 10 })).toBe(64)
  expect(size({ outputs: [image], flopsPerSample: 1e9 })).toBe(64)
  const some = size({ outputs: [image], flopsPerSample: 9e6 })
  expect(some).toBeGreaterThan(300)
  expect(some).toBeLessThan(500)
})

test('a pooled map is one row, so that ten images per channel are needed', () => {
  for (const sampling of ['mean', 'max', 'median'] as const) {
    expect(size({ sampling, outputs: [image], samples: 10 })).toBe(160)
  }
})

test('flattened maps need ten images per number, and their covariance counts', () => {
  const outputs = [{ channels: 16, positions: 64 }]
  expect(size({ sampling: 'flatten', outputs, samples: 10 })).toBe(10_240)
  const small = [{ channels: 16, positions: 16 }]
  expect(size({ sampling: 'flatten', outputs: small, flopsPerSample: 1e6 })).toBeLessThan(4096)
})

test('maps are flattened to as many features as the solvers take', () => {
  expect(MOST_FEATURES).toBe(LARGEST_ORDER)
})
