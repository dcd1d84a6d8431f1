import { describe, expect, it } from 'vitest'
import { describeSpectrum } from '../../metrics/layerSpectrum'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { describeCaution, describeDirections, describeOthers, describeRow, halfInterval } from './rowText'

const plain = (text: string | undefined) => text?.replaceAll('\u202f', ' ')
const paper = { threshold: 0.99, convention: 'paper' } as const

function measured(eigenvalues: readonly number[], changes: Partial<MeasuredSpectrum> = {}): MeasuredSpectrum {
  return {
    eigenvalues: Float32Array.from(eigenvalues),
    samples: 1000,
    state: 'ok',
    solver: 'jacobi',
    sweeps: 4,
    offDiagonalNorm: 0,
    ...changes,
  }
}

const typical = measured([60, 30, 9.5, 0.4, 0.1])

describe('what a row says', () => {
  it('counts directions of the width and gives the share', () => {
    const row = describeRow(describeSpectrum(typical, 5, paper), 5)
    expect([row.count, plain(row.share), row.caution]).toEqual(['3 of 5', '60 %', undefined])
  })

  it('says how far k may be off where it is only bracketed', () => {
    const spectrum = describeSpectrum(measured([60, 30, 9.5, 0.4, 0.1], { offDiagonalNorm: 10 }), 5, paper)
    expect(spectrum.interval).toEqual([2, 3])
    expect(halfInterval(spectrum)).toBe(1)
    expect(describeRow(spectrum, 5).count).toBe('3 ±1 of 5')
  })

  it('warns with n/d where the samples are few', () => {
    const few = describeSpectrum(measured([60, 30, 9.5, 0.4, 0.1], { samples: 17 }), 5, paper)
    expect(describeRow(few, 5).caution).toBe('n/d 3.4')
    expect(describeCaution(few)).toContain('3.4 samples per feature')
    expect(describeCaution(describeSpectrum(typical, 5, paper))).toBeUndefined()
  })

  it('warns with the number of images where their positions alone make many samples', () => {
    const few = describeSpectrum(measured([60, 30, 9.5, 0.4, 0.1], { samples: 4000, images: 40 }), 5, paper)
    expect(describeRow(few, 5).caution).toBe('n 40')
    expect(describeCaution(few)).toContain('the positions of 40 images; below 64')
    const fewer = describeSpectrum(measured([60, 30, 9.5, 0.4, 0.1], { samples: 40, images: 10 }), 5, paper)
    expect(describeRow(fewer, 5).caution).toBe('n/d 8')
  })

  it('names the state instead of a number', () => {
    const words = (state: MeasuredSpectrum['state'], eigenvalues: number[]) =>
      describeRow(describeSpectrum(measured(eigenvalues, { state }), 2, paper), 2)
    expect(words('ok', [0, 0])).toMatchObject({ count: 'dead', share: '' })
    expect(words('non-finite', [0, 0])).toMatchObject({ count: 'NaN or ∞', share: '' })
    expect(words('not-converged', [2, 1])).toMatchObject({ count: 'not converged', share: '' })
  })
})

describe('the finding in a sentence', () => {
  it('says which directions carry δ and what the others carry', () => {
    const spectrum = describeSpectrum(typical, 5, paper)
    expect(plain(describeDirections(spectrum, 5))).toBe('3 of 5 directions carry 99 %')
    expect(plain(describeOthers(typical, spectrum, 5))).toBe('The other 2 carry 0.5 % of the variance.')
  })

  it('minds its grammar', () => {
    const single = describeSpectrum(measured([100, 0.5]), 2, paper)
    expect(plain(describeDirections(single, 2))).toBe('1 of 2 directions carries 99 %')
    expect(plain(describeOthers(measured([100, 0.5]), single, 2))).toBe('The other 1 carries 0.5 % of the variance.')
  })

  it('does not pretend that Delve’s count carries δ', () => {
    const spectrum = describeSpectrum(typical, 5, { threshold: 0.99, convention: 'delve' })
    expect(plain(describeDirections(spectrum, 5))).toBe('Delve counts 2 of 5 directions at 99 %')
    expect(plain(describeOthers(typical, spectrum, 5))).toBe('The other 3 carry 10 % of the variance.')
  })

  it('has nothing to say of others where every direction is used or none is', () => {
    const full = measured([1, 1])
    expect(describeOthers(full, describeSpectrum(full, 2, paper), 2)).toBe('Every direction is used.')
    const dead = measured([0, 0])
    expect(describeOthers(dead, describeSpectrum(dead, 2, paper), 2)).toBeUndefined()
  })
})
