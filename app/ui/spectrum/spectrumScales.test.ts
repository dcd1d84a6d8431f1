import { describe, expect, it } from 'vitest'
import type { HistoryColumn } from '../../runs/state'
import { directionAxis, eigenvalueAxis, eigenvalueRange, roundRange, shareAxis, shareScale } from './spectrumScales'

function column(...eigenvalues: number[]): HistoryColumn {
  const spectrum = {
    eigenvalues: Float32Array.from(eigenvalues),
    samples: 100,
    state: 'ok' as const,
    solver: 'jacobi' as const,
    sweeps: 4,
    offDiagonalNorm: 0,
  }
  return { step: 0, spectra: [spectrum], heldOutLoss: undefined, heldOutAccuracy: undefined }
}

describe('the range of eigenvalues', () => {
  it('holds every column of the run, so that scrubbing moves no axis', () => {
    expect(eigenvalueRange([column(2, 0.5), column(8, 0.25), column(4, 1)], 0)).toEqual({ largest: 8, smallest: 0.25 })
  })

  it('ends where f32 ends: zeros and negatives from rounding do not stretch it', () => {
    const { smallest } = eigenvalueRange([column(10, 1, 0), column(10, 1, -1e-9)], 0)
    expect(smallest).toBeCloseTo(1e-6, 12)
  })

  it('rounds to numbers that stay while eigenvalues move, and to the same axes', () => {
    const ranges = [
      { largest: 31, smallest: 2.1e-5 },
      { largest: 33.3, smallest: 1.7e-5 },
    ]
    const [first, second] = ranges.map(roundRange)
    expect(first).toEqual(second)
    for (const isLog of [true, false]) {
      for (const range of ranges) {
        const { domain, ticks } = eigenvalueAxis(range, isLog, 150)
        expect(eigenvalueAxis(roundRange(range), isLog, 150)).toMatchObject({ domain, ticks })
      }
    }
  })

  it('is some range though nothing, or nothing alive, was measured', () => {
    for (const columns of [[], [column(0, 0)]]) {
      const { largest, smallest } = eigenvalueRange(columns, 0)
      expect(largest).toBeGreaterThan(smallest)
      expect(smallest).toBeGreaterThan(0)
    }
  })
})

describe('the axes of the spectrum', () => {
  it('end on whole decades, or on a round number', () => {
    expect(eigenvalueAxis({ largest: 31, smallest: 2e-5 }, true, 150).domain).toEqual([1e-5, 100])
    expect(eigenvalueAxis({ largest: 31, smallest: 2e-5 }, false, 150).domain).toEqual([0, 40])
  })

  it('have at least a decade though all eigenvalues are equal', () => {
    const [low, high] = eigenvalueAxis({ largest: 1, smallest: 1 }, true, 150).domain
    expect(high / low).toBeGreaterThanOrEqual(10)
  })

  it('give the first and last direction their whole bar', () => {
    expect(directionAxis(64, 300).domain).toEqual([0.5, 64.5])
  })

  it('put 90, 99, 99.9 and 99.99 % at even distances', () => {
    const nines = shareScale(true)
    const places = [0, 0.9, 0.99, 0.999, 0.9999].map((share) => nines.toAxis(share))
    places.forEach((place, index) => expect(place).toBeCloseTo(index, 9))
    expect(shareAxis(true, 200).ticks.map((tick) => shareAxis(true, 200).format(tick).replace('\u202f', ' '))).toEqual([
      '0 %',
      '90 %',
      '99 %',
      '99.9 %',
      '99.99 %',
    ])
  })

  it('keep a full share on the axis of nines', () => {
    const [, top] = shareAxis(true, 200).domain
    expect(shareScale(true).toAxis(1)).toBeLessThan(top)
  })

  it.each([true, false])('turn a place on the axis back into its share (logarithmic: %s)', (isLog) => {
    const scale = shareScale(isLog)
    for (const share of [0.5, 0.9, 0.987, 0.9999]) expect(scale.fromAxis(scale.toAxis(share))).toBeCloseTo(share, 9)
  })
})
