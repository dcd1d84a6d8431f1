import { expect, test } from 'vitest'
import type { ExperimentDocument } from '../../app/api'
import { lastSample, report, reportAccuracy } from './support/lastSample'
import { handwrittenDigits } from './support/mnist'

type Layers = NonNullable<ExperimentDocument['layers']>

const conv = (channels: number) => ({ kind: 'conv', channels }) as const
const maxPool = { kind: 'maxPool' } as const

const SMALL_NETWORK: Layers = [conv(16), conv(16), maxPool, conv(32), conv(32), maxPool, { kind: 'dense' }]

/** “Deep Residual Learning” (He et al. 2016), three blocks of it: 7 convolutions with batch norm, two 1×1 projections. */
const RESIDUAL_NETWORK: Layers = [
  { kind: 'conv', channels: 8, stride: 2, normalisation: 'batch' },
  ...[8, 16, 32].map((channels, index) => ({
    kind: 'residual' as const,
    order: 'post' as const,
    layers: [
      { kind: 'conv' as const, channels, stride: index === 0 ? 1 : 2, normalisation: 'batch' as const },
      { kind: 'conv' as const, channels, normalisation: 'batch' as const },
    ],
  })),
  { kind: 'globalAveragePool' },
  { kind: 'dense' },
]

async function trainOnDigits(layers: Layers, steps: number, measured: number) {
  const { data, files } = await handwrittenDigits()
  const document: ExperimentDocument = {
    seed: 1,
    data,
    layers,
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { batchSize: 64 },
    monitor: { samples: measured, cadence: 20 },
  }
  return lastSample(document, { steps, ...(files && { files }) }, reportAccuracy)
}

test('16-16-pool-32-32-pool-10 reads nine of ten handwritten digits after 80 steps', async () => {
  const last = await trainOnDigits(SMALL_NETWORK, 80, 512)
  expect(last.heldOut!.accuracy).toBeGreaterThanOrEqual(0.9)
}, 300_000)

test('@nightly 16-16-pool-32-32-pool-10 reads 95 of 100 after 300 steps', async () => {
  const last = await trainOnDigits(SMALL_NETWORK, 300, 2_000)
  report('16-16-pool-32-32-pool-10', last)
  expect(last.heldOut!.accuracy).toBeGreaterThanOrEqual(0.95)
}, 1_800_000)

test('@nightly a small residual network reads 95 of 100 after 300 steps', async () => {
  const last = await trainOnDigits(RESIDUAL_NETWORK, 300, 2_000)
  report('residual network', last)
  expect(last.heldOut!.accuracy).toBeGreaterThanOrEqual(0.95)
}, 1_800_000)
