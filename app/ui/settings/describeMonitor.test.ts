import { expect, test } from 'vitest'
import { dataShape } from '../../experiment/dataShape'
import { parseSpecOrThrow } from '../../experiment/schema'
import type { ExperimentDocument } from '../../experiment/spec'
import { describeMonitor } from './describeMonitor'

/** Images of 8×8 unless the document says otherwise. */
function describe(document: ExperimentDocument): string {
  const spec = parseSpecOrThrow({ data: { kind: 'digits', size: 8 }, ...document })
  return describeMonitor(spec, dataShape(spec.data))
}

test('a probe is as large as asked for, or as the widest layer needs', () => {
  expect(describe({ layers: [{ units: 64 }, {}] })).toBe('one probe of up to 4,096 samples')
  expect(describe({ layers: [{ units: 512 }, {}] })).toBe('one probe of up to 5,120 samples')
  expect(describe({ layers: [{ units: 512 }, {}], monitor: { layers: ['output'], samples: 50 } })).toBe(
    'one probe of up to 100 samples',
  )
})

test('positions of images are rows where each is measured, and images are where they are not', () => {
  const layers = [{ kind: 'conv', channels: 16, padding: 'valid', kernel: 5 }, {}] as const
  const monitor = { samples: 50, layers: ['conv 1'] }
  expect(describe({ layers, monitor })).toBe('one probe of up to 64 samples')
  expect(describe({ layers, monitor: { ...monitor, sampling: 'max' } })).toBe('one probe of up to 160 samples')
  // 4×4 positions of 16 channels.
  expect(describe({ layers, monitor: { ...monitor, sampling: 'flatten' } })).toBe('one probe of up to 2,560 samples')
})

test('of a window the last samples are told, and of both how often and of which output', () => {
  const monitor = { source: 'train', samples: 256, cadence: 10, output: 'post' } as const
  expect(describe({ layers: [{ units: 512 }, {}], monitor })).toBe(
    'the last 256 samples, after activation, every 10 steps',
  )
})
