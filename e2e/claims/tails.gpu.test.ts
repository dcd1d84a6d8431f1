import { expect, test } from 'vitest'
import type { ExperimentDocument } from '../../app/api'
import { convSaturation, lastSample, mean, report } from './support/lastSample'

type Layers = NonNullable<ExperimentDocument['layers']>

// “Feature Space Saturation during Training” (Richter et al. 2020) and “Should You Go Deeper?” (Richter et al. 2021):
// layers whose receptive field has outgrown the input do no work, and one sees it by their saturation. Figures of whole
// runs are in README.md.

/** Convolutions of width 32, max pools after the second, the fourth and the sixth. */
function convolutions(count: number, normalisation: 'none' | 'batch'): Layers {
  const body = Array.from({ length: count }, (_, index) => [
    { kind: 'conv', channels: 32, normalisation } as const,
    ...([1, 3, 5].includes(index) ? [{ kind: 'maxPool' } as const] : []),
  ])
  return [...body.flat(), {}]
}

/** Of ten such convolutions, those whose receptive field has passed 32 pixels: 52, 68, 84 and 100. */
const TAIL = 4

interface Trial {
  readonly layers: Layers
  readonly size: number
  readonly samples: number
  readonly batchSize: number
  readonly steps: number
  readonly measured: number
}

function onDigits({ layers, size, samples, batchSize, steps, measured }: Trial): ExperimentDocument {
  return {
    seed: 1,
    data: { kind: 'digits', size, samples, noise: 0.2 },
    layers,
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { batchSize },
    monitor: { samples: measured, cadence: steps },
  }
}

test('ten convolutions on 8×8 pixels have a tail: the last four use less than half of the peak', async () => {
  const trial = { layers: convolutions(10, 'none'), size: 8, samples: 3_000, batchSize: 64, steps: 120, measured: 512 }
  const last = await lastSample(onDigits(trial), trial)
  const saturation = convSaturation(last)
  expect(saturation).toHaveLength(10)
  expect(mean(saturation.slice(-TAIL))).toBeLessThan(Math.max(...saturation) / 2)
  // Of a network that does learn.
  expect(last.heldOut!.accuracy).toBeGreaterThan(0.3)
}, 300_000)

test('@nightly linear probes read the digits off the tail’s first layer as well as off its last, and without the tail the network is as good', async () => {
  const trial = { size: 8, samples: 10_000, batchSize: 64, steps: 1_000, measured: 4_096 }
  const whole = { ...trial, layers: convolutions(10, 'batch') }
  const cut = { ...trial, layers: convolutions(10 - TAIL, 'batch') }
  const last = await lastSample(onDigits(whole), { steps: trial.steps, linearProbes: true })
  report('ten convolutions on 8×8', last)
  const without = await lastSample(onDigits(cut), { steps: trial.steps, linearProbes: true })
  report('the first six of them', without)

  const saturation = convSaturation(last)
  expect(mean(saturation.slice(-TAIL))).toBeLessThan(Math.max(...saturation) / 2)
  const probes = last.linearProbes!.accuracy.slice(10 - TAIL, 10).map((accuracy) => accuracy!)
  expect(Math.max(...probes) - Math.min(...probes)).toBeLessThanOrEqual(0.01)
  expect(without.heldOut!.accuracy).toBeGreaterThan(last.heldOut!.accuracy - 0.01)
}, 3_600_000)

test('@nightly on 32×32 pixels nothing is idle before the receptive field passes the input', async () => {
  const trial = {
    layers: convolutions(10, 'batch'),
    size: 32,
    samples: 3_000,
    batchSize: 32,
    steps: 300,
    measured: 512,
  }
  const last = await lastSample(onDigits(trial), { steps: trial.steps, linearProbes: true })
  report('ten convolutions on 32×32', last)
  const saturation = convSaturation(last)
  const peak = Math.max(...saturation)
  // The first sees nine pixels at a time, and so has no more than nine directions.
  for (const share of saturation.slice(1, 10 - TAIL)) expect(share).toBeGreaterThan(peak / 2)
}, 3_600_000)
