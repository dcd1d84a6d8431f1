import { describe, expect, test } from 'vitest'
import type { GaussiansData } from '../experiment/dataSpec'
import { createDataset } from './createDataset'
import { summariseDataset, summarisePictures, summarisePlane } from './summary'

function gaussians(settings: Partial<GaussiansData> = {}): GaussiansData {
  const common = { noise: 0, labelNoise: 0, heldOut: 0.2, standardise: 'none' } as const
  return { kind: 'gaussians', samples: 1000, classes: 4, ...common, ...settings }
}

describe('label noise', () => {
  test('draws exactly its share of training labels anew and never touches the held-out ones', () => {
    const clean = createDataset(gaussians(), 3)
    const noisy = createDataset(gaussians({ labelNoise: 0.5 }), 3)
    expect(noisy.inputs).toEqual(clean.inputs)
    expect(noisy.targets.subarray(800)).toEqual(clean.targets.subarray(800))
    const changed = noisy.targets.subarray(0, 800).filter((label, row) => label !== clean.targets[row]).length
    // 400 are drawn; one in four stays right by chance: 300 ± 6 deviations of √(400·¾·¼).
    expect(Math.abs(changed - 300)).toBeLessThan(52)
    expect(noisy.notes).toEqual([`400 training labels replaced by random ones, ${changed} of them wrong now.`])
    expect(clean.notes).toEqual([])
  })

  test('at 1 leaves labels that say nothing of the class', () => {
    const clean = createDataset(gaussians({ heldOut: 0 }), 3)
    const noisy = createDataset(gaussians({ heldOut: 0, labelNoise: 1 }), 3)
    const right = noisy.targets.filter((label, row) => label === clean.targets[row]).length
    expect(Math.abs(right - 250)).toBeLessThan(82)
  })
})

describe('createDataset', () => {
  test('standardises by the training part', () => {
    const { inputs, standardisation, trainingCount } = createDataset(gaussians({ standardise: 'feature' }), 3)
    const raw = createDataset(gaussians(), 3)
    let mean = 0
    for (let row = 0; row < trainingCount; row++) mean += raw.inputs[2 * row]! / trainingCount
    expect(standardisation.mean[0]).toBeCloseTo(mean, 6)
    expect(inputs[0]).toBeCloseTo((raw.inputs[0]! - mean) / standardisation.deviation[0]!, 5)
  })

  test('refuses to hold out everything', () => {
    expect(() => createDataset(gaussians({ heldOut: { last: 1000 } }), 3)).toThrow('leaves nothing to train on')
  })
})

describe('summaries', () => {
  test('preview the first training samples as they were before standardisation', () => {
    const raw = createDataset(gaussians(), 3)
    const { preview, trainingCount, heldOutCount } = summariseDataset(
      createDataset(gaussians({ standardise: 'feature' }), 3),
    )
    expect([trainingCount, heldOutCount, preview.count]).toEqual([800, 200, 24])
    expect(preview.targets).toEqual(raw.targets.slice(0, 24))
    preview.inputs.forEach((value, index) => expect(value).toBeCloseTo(raw.inputs[index]!, 5))
  })

  test('preview one sample of each class in turn, as files may be sorted by them', () => {
    const sorted = {
      ...createDataset(gaussians(), 3),
      targets: Float32Array.from({ length: 1000 }, (_, i) => Math.floor(i / 250)),
    }
    const { preview } = summariseDataset(sorted)
    expect([...preview.targets.subarray(0, 6)]).toEqual([0, 1, 2, 3, 0, 1])
    expect([...preview.inputs.subarray(2, 4)]).toEqual([...sorted.inputs.subarray(500, 502)])
  })

  test('place points of the plane in a square that holds all of them', () => {
    const raw = createDataset(gaussians(), 3)
    const plane = summarisePlane(createDataset(gaussians({ standardise: 'dataset' }), 3))
    const farthest = raw.inputs.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(plane?.extent).toBeGreaterThan(farthest)
    expect(plane?.extent).toBeLessThan(1.2 * farthest)
    expect([plane?.training.targets.length, plane?.heldOut.targets.length]).toEqual([500, 200])
    expect(plane?.heldOut.positions[1]).toBeCloseTo(raw.inputs[1601]!, 5)
  })

  test('show pictures of held-out samples, of training samples where none are held out, of each class in turn', () => {
    const digits = { kind: 'digits', size: 8, classes: 3, samples: 60, noise: 0.1, labelNoise: 0 } as const
    for (const heldOut of [0.5, 0]) {
      const dataset = createDataset({ ...digits, heldOut, standardise: 'dataset' }, 1)
      const raw = createDataset({ ...digits, heldOut, standardise: 'none' }, 1)
      const { rows, inputs, part } = summarisePictures(dataset)!
      expect(part).toBe(heldOut > 0 ? 'held-out' : 'training')
      expect(rows.map((row) => dataset.targets[row])).toEqual([0, 1, 2, 0, 1, 2, 0, 1])
      expect(rows.every((row) => row >= dataset.trainingCount)).toBe(heldOut > 0)
      const [, second] = rows
      const pixels = raw.inputs.subarray(second! * 64, (second! + 1) * 64)
      expect(Math.max(...inputs.subarray(64, 128).map((value, at) => Math.abs(value - pixels[at]!)))).toBeLessThan(1e-6)
    }
    expect(summarisePictures(createDataset(gaussians(), 3))).toBeUndefined()
  })

  test('have no plane for samples that are no points', () => {
    const digits = { kind: 'digits', size: 8, classes: 2, samples: 20, noise: 0, labelNoise: 0 } as const
    expect(summarisePlane(createDataset({ ...digits, heldOut: 0, standardise: 'none' }, 1))).toBeUndefined()
  })
})
