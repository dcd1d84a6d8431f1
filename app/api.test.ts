import { describe, expect, test } from 'vitest'
import { analyzeActivations, symmetricEigenvalues, type ExperimentDocument, type Parameters } from './api'
import { applyNetwork, lossByDefinition } from './apiTesting/networkByDefinition'
import { collect, dataOf, flatParameters, relativeDifference } from './apiTesting/runs'
import { parseSpecOrThrow } from './experiment/schema'

// Node has no WebGPU: what runs here is the float64 engine, as in a browser without it.

describe('without WebGPU', () => {
  test('everything runs on the CPU, and what asks for the GPU is told what has one', async () => {
    const { last } = await collect({ data: { kind: 'moons', samples: 50 } }, { steps: 2 })
    expect(last.variants).toEqual({ engine: 'float64 on the CPU' })
    const spectrum = await analyzeActivations(Float32Array.of(1, 2, 4, 0), { samples: 2, features: 2 })
    expect(spectrum).toMatchObject({ solver: 'reference', intrinsicDimension: 1, provisional: true })
    expect(spectrum.eigenvalues[0]).toBeCloseTo(3.25, 6)
    const [solved] = await symmetricEigenvalues([{ values: Float32Array.of(0, 1, 1, 0), order: 2 }])
    expect(solved!.eigenvalues[0]).toBeCloseTo(1, 6)
    expect(solved!.eigenvalues[1]).toBeCloseTo(-1, 6)
    const gpu = collect({}, { steps: 2, engine: 'gpu' })
    await expect(gpu).rejects.toMatchObject({ name: 'GpuError', fault: 'webgpu-missing' })
    await expect(gpu).rejects.toThrow(/Chrome or Edge 113, Safari 26 or Firefox 141/)
  })
})

describe('a trained network', () => {
  test('measures the rank of its data where it is known', async () => {
    const rank = 4
    const { last } = await collect(
      {
        data: { kind: 'subspace', samples: 600, dimensions: 24, rank, classes: 3, noise: 0 },
        layers: [
          { kind: 'dense', units: 20, activation: 'linear' },
          { kind: 'dense', units: 15, activation: 'linear' },
          { kind: 'dense', units: 3 },
        ],
        monitor: { threshold: 0.9999 },
      },
      { steps: 5 },
    )
    const [first, second, output] = last.layers.map(({ spectrum }) => spectrum)
    for (const spectrum of [first!, second!]) {
      expect(spectrum.eigenvalues.filter((value) => value > 1e-6 * spectrum.eigenvalues[0]!)).toHaveLength(rank)
      expect(spectrum.intrinsicDimension).toBeLessThanOrEqual(rank)
      expect(spectrum.participationRatio).toBeLessThan(rank)
    }
    expect(output!.intrinsicDimension).toBeLessThanOrEqual(3)
  })

  test('is planned for options.steps, whatever the spec plans', async () => {
    const document: ExperimentDocument = {
      data: { kind: 'moons', samples: 60 },
      schedule: { kind: 'cosine', warmup: 2, floor: 0 },
    }
    const long = await collect({ ...document, training: { steps: 5000 } }, { steps: 12 })
    const short = await collect({ ...document, training: { steps: 3 } }, { steps: 12 })
    expect(flatParameters(long.last)).toEqual(flatParameters(short.last))
    expect(long.last.step).toBe(12)
  })
})

describe('an update', () => {
  const common: ExperimentDocument = {
    layers: [{ kind: 'dense', units: 4, activation: 'tanh' }, { kind: 'dense' }],
    optimizer: { kind: 'sgd', learningRate: 0.3, weightDecay: 0.05 },
  }
  const cases: ExperimentDocument[] = [
    { data: { kind: 'gaussians', classes: 3 }, loss: { kind: 'crossEntropy', labelSmoothing: 0.1 } },
    { data: { kind: 'gaussians', classes: 3 }, loss: { kind: 'binaryCrossEntropy' } },
    { data: { kind: 'hills' }, loss: { kind: 'meanSquaredError' } },
  ]
  test.each(cases)('follows the slope of the loss by central differences ($loss.kind)', async (documentCase) => {
    const penalties = { l1: 0.01, l2: 0.02 }
    // A batch as large as the training part holds all of it, in whatever order.
    const data = { ...documentCase.data, samples: 40, heldOut: 0.25 }
    const document: ExperimentDocument = { ...common, ...documentCase, data, training: { batchSize: 30, ...penalties } }
    const spec = parseSpecOrThrow(document)
    const { inputs, targets, features, trainingCount, task } = dataOf(document)
    const kind = task.kind === 'classification' ? 'classes' : 'values'
    const lossAt = (parameters: Parameters): number => {
      const outputs = applyNetwork(spec.layers, parameters, inputs.subarray(0, trainingCount * features), trainingCount)
      const { pre, width } = outputs.at(-1)!
      return lossByDefinition(spec.loss, pre, targets.subarray(0, trainingCount), kind, width)
    }
    const before = (await collect(document, { steps: 1 })).last.parameters()
    const { last } = await collect(document, { steps: 2 })
    expect(last.loss).toBeCloseTo(lossAt(before), 6)

    const { learningRate, weightDecay } = spec.optimizer
    const expected = Object.entries(before).flatMap(([name, { values }]) =>
      Array.from(values, (value, index) => {
        const penalised = name.endsWith('weight') ? penalties.l1 * Math.sign(value) + penalties.l2 * value : 0
        const slope = slopeAt(lossAt, before, name, index) + penalised + weightDecay * value
        return -learningRate * slope
      }),
    )
    const after = last.parameters()
    const moved = Object.entries(before).flatMap(([name, { values }]) =>
      Array.from(values, (value, index) => after[name]!.values[index]! - value),
    )
    expect(relativeDifference(moved, expected)).toBeLessThan(1e-5)
  })
})

/** dL/dw by central differences, in float64 around the f32 weights. */
function slopeAt(
  loss: (parameters: Parameters) => number,
  parameters: Parameters,
  name: string,
  index: number,
): number {
  const step = 2 ** -10
  const { shape, values } = parameters[name]!
  const shifted = (by: number): number => {
    const changed = values.slice()
    changed[index]! += by
    return loss({ ...parameters, [name]: { shape, values: changed } })
  }
  return (shifted(step) - shifted(-step)) / (2 * step)
}
