import { expect, test } from 'vitest'
import { describeArchitecture } from './architecture'
import { parseSpecOrThrow } from './schema'

const IMAGES = {
  shape: { height: 28, width: 28, channels: 1 },
  features: 784,
  task: { kind: 'classification', classes: 10 },
} as const

const LAYERS = [
  { kind: 'conv', channels: 16, stride: 2 },
  { kind: 'conv', channels: 16, stride: 2 },
  { kind: 'conv', channels: 16, stride: 2 },
  { kind: 'dense', units: 10 },
] as const

function faultsOf(monitor: object) {
  return describeArchitecture(parseSpecOrThrow({ data: { kind: 'idx' }, layers: LAYERS, monitor }), IMAGES).faults
}

test('feature maps of more numbers than spectra have features are not flattened, and the figure is said', () => {
  const [fault] = faultsOf({ sampling: 'flatten' })
  expect(fault!.path).toBe('monitor.sampling')
  expect(fault!.message).toContain('“conv 1” has 196 positions · 16 channels = 3,136 features; spectra go up to 1,024')
})

test('a wide layer without positions is as wide as ever', () => {
  const layers = [
    { kind: 'dense', units: 2048 },
    { kind: 'dense', units: 10 },
  ]
  const spec = parseSpecOrThrow({ data: { kind: 'idx' }, layers, monitor: { sampling: 'flatten' } })
  expect(describeArchitecture(spec, IMAGES).faults).toEqual([])
})

test('layers that are not measured do not matter, nor do other samplings', () => {
  expect(faultsOf({ sampling: 'flatten', layers: ['conv 2', 'conv 3', 'output'] })).toEqual([])
  expect(faultsOf({ sampling: 'flatten', layers: ['conv 1'] })).toHaveLength(1)
  for (const sampling of ['channelwise', 'mean', 'max', 'median']) expect(faultsOf({ sampling })).toEqual([])
})
