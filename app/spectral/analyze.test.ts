import { describe, expect, test } from 'vitest'
import { analyzeActivations } from './analyzeActivations'
import { symmetricEigenvalues } from './symmetricEigenvalues'
import { correlatedActivations } from './testing/activations'
import { DELVE_CASES } from './testing/delveCases'
import { hardMatrices } from './testing/matrices'

describe('analyzeActivations without a GPU', () => {
  test('gets all of Delve’s numbers', async () => {
    for (const { name, activations, samples, features, paperDimension, delveDimension } of DELVE_CASES) {
      const shape = { samples, features }
      const paper = await analyzeActivations(undefined, activations, shape)
      const delve = await analyzeActivations(undefined, activations, shape, { convention: 'delve' })
      expect(paper.solver).toBe('reference')
      expect(paper.intrinsicDimension, name).toBe(paperDimension)
      expect(delve.intrinsicDimension, name).toBe(delveDimension)
      expect(delve.saturation, name).toBe(delveDimension / features)
    }
  })

  test('calls NaN and infinity non-finite, constants dead, and one sample provisional', async () => {
    const values = correlatedActivations(20, 3, 0, 1)
    for (const fault of [Number.NaN, Infinity, -Infinity]) {
      const broken = values.slice()
      broken[31] = fault
      const described = await analyzeActivations(
        undefined,
        broken,
        { samples: 20, features: 3 },
        { eigenvectors: true },
      )
      expect(described.state).toBe('non-finite')
      expect(described.eigenvectors).toBeUndefined()
      expect(described.eigenvalues).toEqual(new Float32Array(3))
    }
    const constant = new Float32Array(60).fill(7.3)
    expect((await analyzeActivations(undefined, constant, { samples: 20, features: 3 })).state).toBe('dead')
    const single = await analyzeActivations(undefined, values.subarray(0, 3), { samples: 1, features: 3 })
    expect(single).toMatchObject({ state: 'ok', provisional: true, intrinsicDimension: 0 })
  })

  test.each([
    [{ samples: 0, features: 3 }, {}, 'invalid-input', /shape\.samples is 0/],
    [{ samples: 2.5, features: 3 }, {}, 'invalid-input', /shape\.samples is 2\.5/],
    [{ samples: 4, features: -1 }, {}, 'invalid-input', /shape\.features is -1/],
    [{ samples: 4, features: 4 }, {}, 'invalid-input', /holds 12 numbers; 4 samples of 4 features are 16/],
    [{ samples: 1, features: 1025 }, {}, 'order-too-large', /go up to 1024/],
    [{ samples: 4, features: 3 }, { threshold: 0 }, 'invalid-input', /threshold is 0/],
    [{ samples: 4, features: 3 }, { threshold: Number.NaN }, 'invalid-input', /threshold is NaN/],
    [{ samples: 4, features: 3 }, { solver: 'jacobi' }, 'solver-unavailable', /runs on the GPU/],
    [{ samples: 4, features: 3 }, { solver: 'tridiagonal' }, 'solver-unavailable', /not part of this version/],
  ] as const)('refuses %o with %o as %s', async (shape, options, fault, message) => {
    const analysis = analyzeActivations(undefined, new Float32Array(12), shape, options)
    await expect(analysis).rejects.toMatchObject({ fault, message: expect.stringMatching(message) as string })
  })
})

describe('symmetricEigenvalues without a GPU', () => {
  test('keeps the order of the matrices, signs, and the caller’s arrays', async () => {
    const matrices = [
      { values: Float32Array.of(-3), order: 1 },
      { values: Float32Array.of(0, 0, 0, 0), order: 2 },
      { values: Float32Array.of(1, 1, 1, 1), order: 2 },
      { values: Float32Array.of(1, Number.NaN, Number.NaN, 1), order: 2 },
    ]
    const results = await symmetricEigenvalues(undefined, matrices)
    expect(results.map(({ state }) => state)).toEqual(['ok', 'dead', 'ok', 'non-finite'])
    expect(Array.from(results[0]!.eigenvalues)).toEqual([-3])
    expect(Array.from(results[2]!.eigenvalues, (value) => Math.abs(Number(value.toFixed(6))))).toEqual([2, 0])
    expect(matrices[2]!.values).toEqual(Float32Array.of(1, 1, 1, 1))
    expect(await symmetricEigenvalues(undefined, [])).toEqual([])
  })

  test('finds NaN and infinity in the upper triangle, and eigenvalues that f32 cannot hold', async () => {
    const matrices = [
      { values: Float32Array.of(1, Number.NaN, 0.5, 1), order: 2 },
      { values: Float32Array.of(1, Infinity, 0.5, 1), order: 2 },
      { values: Float32Array.of(3e38, 3e38, 3e38, 3e38), order: 2 },
    ]
    for (const result of await symmetricEigenvalues(undefined, matrices, { eigenvectors: true })) {
      expect(result.state).toBe('non-finite')
      expect(result.eigenvalues).toEqual(new Float32Array(2))
      expect(result.eigenvectors).toBeUndefined()
    }
  })

  test('accepts every matrix of the list and refuses what is none', async () => {
    await expect(symmetricEigenvalues(undefined, hardMatrices(88))).resolves.toBeDefined()
    const refuse = (values: number[], order: number) =>
      expect(symmetricEigenvalues(undefined, [{ values: Float32Array.from(values), order }])).rejects
    await refuse([1, 2, 3], 2).toThrow(/matrices\[0\]\.values holds 3 numbers; order 2 takes all 4/)
    await refuse([], 0).toThrow(/matrices\[0\]\.order is 0/)
    await refuse([1, 2, 3, 1], 2).toThrow(/matrices\[0\] is not symmetric: element \(1, 0\) is 3/)
    await refuse([], 1025).toThrow(/go up to 1024/)
  })
})
