import { expect, test } from 'vitest'
import { train, type ExperimentDocument, type Sample } from '../../app/api'

// “Feature Space Saturation during Training” (Richter et al. 2020) and “Should You Go Deeper?” (Richter et al. 2021):
// layers whose receptive field has outgrown the input do no work, and one sees it by their saturation.

/** Ten convolutions of width 32, pools after 2, 4 and 6. */
const LAYERS: ExperimentDocument['layers'] = [
  ...Array.from({ length: 10 }, (_, index) => [
    { kind: 'conv', channels: 32 } as const,
    ...([1, 3, 5].includes(index) ? [{ kind: 'maxPool' } as const] : []),
  ]).flat(),
  {},
]

test('prototype', { timeout: 600_000 }, async () => {
  const document: ExperimentDocument = {
    seed: 1,
    data: { kind: 'digits', size: 8, samples: 3000, noise: 0.2 },
    layers: LAYERS,
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { batchSize: 64, steps: 400 },
    monitor: { samples: 512, cadence: 50 },
  }
  let last: Sample | undefined
  for await (const sample of train(document, { steps: 400 })) {
    last = sample
    console.log(sample.step, sample.loss.toFixed(3), sample.heldOut?.accuracy.toFixed(3), sample.layers.map(({ spectrum }) => spectrum.saturation.toFixed(2)).join(' '))
  }
  expect(last).toBeDefined()
})
