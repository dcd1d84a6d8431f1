import { expect, test } from 'vitest'
import { train, type ExperimentDocument, type Sample } from '../../app/api'

// “Feature Space Saturation during Training” (Richter et al. 2020) and “Should You Go Deeper?” (Richter et al. 2021):
// layers whose receptive field has outgrown the input do no work, and one sees it by their saturation. Figures of whole
// runs are in README.md.

/** Ten convolutions of width 32, max pools after the second, the fourth and the sixth. */
const TEN_CONVOLUTIONS: ExperimentDocument['layers'] = [
  ...Array.from({ length: 10 }, (_, index) => [
    { kind: 'conv', channels: 32 } as const,
    ...([1, 3, 5].includes(index) ? [{ kind: 'maxPool' } as const] : []),
  ]).flat(),
  {},
]

async function lastSample(document: ExperimentDocument, steps: number): Promise<Sample> {
  let last: Sample | undefined
  for await (const sample of train(document, { steps })) last = sample
  return last!
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

test('ten convolutions on 8×8 pixels have a tail: the last four use less than half of the peak', async () => {
  const steps = 120
  const { layers, heldOut } = await lastSample(
    {
      seed: 1,
      data: { kind: 'digits', size: 8, samples: 3000, noise: 0.2 },
      layers: TEN_CONVOLUTIONS,
      optimizer: { kind: 'adam', learningRate: 0.001 },
      training: { batchSize: 64 },
      monitor: { samples: 512, cadence: steps },
    },
    steps,
  )
  const saturation = layers.filter(({ kind }) => kind === 'conv').map(({ spectrum }) => spectrum.saturation)
  expect(saturation).toHaveLength(10)
  expect(mean(saturation.slice(-4))).toBeLessThan(Math.max(...saturation) / 2)
  // Of a network that does learn.
  expect(heldOut!.accuracy).toBeGreaterThan(0.3)
}, 300_000)
