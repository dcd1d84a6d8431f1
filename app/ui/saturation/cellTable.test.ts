import { describe, expect, it } from 'vitest'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { CellTable, cellTableOf } from './cellTable'

function measured(eigenvalues: readonly number[], state: MeasuredSpectrum['state'] = 'ok'): MeasuredSpectrum {
  return {
    eigenvalues: Float32Array.from(eigenvalues),
    samples: 100,
    state,
    solver: 'jacobi',
    sweeps: 4,
    offDiagonalNorm: 0,
  }
}

const column = {
  step: 3,
  spectra: [measured([6, 3, 0.95, 0.05]), measured([0, 0]), measured([0, 0], 'non-finite')],
  heldOutLoss: undefined,
  heldOutAccuracy: undefined,
}

describe('cells of a column', () => {
  it('are saturations, or why there is none', () => {
    expect(new CellTable([4, 2, 2], 0.99, 'paper').cells(column)).toEqual([0.75, 'dead', 'non-finite'])
  })

  it('follow δ and the convention', () => {
    expect(new CellTable([4, 2, 2], 0.85, 'paper').cells(column)[0]).toBe(0.5)
    expect(new CellTable([4, 2, 2], 0.999, 'paper').cells(column)[0]).toBe(1)
    expect(new CellTable([4, 2, 2], 0.99, 'delve').cells(column)[0]).toBe(0.5)
  })

  it('are unmeasured where a column holds no such output', () => {
    expect(new CellTable([4, 2, 2, 7], 0.99, 'paper').cells(column)[3]).toBe('unmeasured')
  })

  it('are worked out once', () => {
    const table = new CellTable([4, 2, 2], 0.99, 'paper')
    expect(table.cells(column)).toBe(table.cells(column))
  })
})

describe('the table of a run', () => {
  const outputs = [{ name: 'hidden 1', width: 4, kind: 'dense' as const }]
  const options = { threshold: 0.99, convention: 'paper' } as const

  it('is one for all who look at it alike', () => {
    expect(cellTableOf(outputs, { ...options })).toBe(cellTableOf(outputs, options))
    expect(cellTableOf([...outputs], options)).not.toBe(cellTableOf(outputs, options))
  })

  it('is another at another δ or convention', () => {
    expect(cellTableOf(outputs, options).cells(column)).toEqual([0.75])
    expect(cellTableOf(outputs, { ...options, threshold: 0.85 }).cells(column)).toEqual([0.5])
    expect(cellTableOf(outputs, { ...options, convention: 'delve' }).cells(column)).toEqual([0.5])
    expect(cellTableOf(outputs, options).cells(column)).toEqual([0.75])
  })
})
