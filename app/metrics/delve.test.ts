import { describe, expect, test } from 'vitest'
import delve from './fixtures/delve.json'
import { describeSpectrum } from './layerSpectrum'
import type { MeasuredSpectrum } from './spectrum'

describe('Delve’s numbers', () => {
  for (const [name, expected] of Object.entries(delve)) {
    test(`follow from the eigenvalues of ${name}`, () => {
      const spectrum: MeasuredSpectrum = {
        eigenvalues: Float32Array.from(expected.eigenvalues_desc),
        samples: expected.rows,
        state: 'ok',
        solver: 'reference',
        sweeps: 0,
        offDiagonalNorm: 0,
      }
      const width = expected.eigenvalues_desc.length
      const paper = describeSpectrum(spectrum, width, { threshold: 0.99, convention: 'paper' })
      const shipped = describeSpectrum(spectrum, width, { threshold: 0.99, convention: 'delve' })
      expect(paper.intrinsicDimension).toBe(expected.k_paper)
      expect(shipped.intrinsicDimension).toBe(expected.delve.idim)
      expect(shipped.saturation).toBe(expected.delve.lsat)
      expect(paper.trace).toBeCloseTo(expected.trace, 5)
      if ('erank_eig' in expected) {
        expect(paper.effectiveRank / expected.erank_eig).toBeCloseTo(1, 6)
        expect(paper.participationRatio / expected.participation_ratio).toBeCloseTo(1, 6)
        expect(paper.stableRank / expected.stable_rank).toBeCloseTo(1, 6)
      } else {
        expect(paper.state).toBe('dead')
      }
    })
  }
})
