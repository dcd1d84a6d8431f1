import { expect, test } from 'vitest'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { CellTable } from './cellTable'
import { DifferenceTable } from './differenceTable'

const features = 10

/** A spectrum that needs `rank` of 10 directions for all of its variance. */
function ranked(rank: number, state: MeasuredSpectrum['state'] = 'ok'): MeasuredSpectrum {
  const eigenvalues = Float32Array.from({ length: features }, (_, index) => (index < rank ? 1 : 0))
  return { eigenvalues, samples: 400, state, solver: 'jacobi', sweeps: 5, offDiagonalNorm: 0 }
}

function column(...spectra: readonly MeasuredSpectrum[]) {
  return { step: 3, spectra, heldOutLoss: undefined, heldOutAccuracy: undefined }
}

function differences(
  own: readonly MeasuredSpectrum[],
  baseline: readonly MeasuredSpectrum[],
  rows: readonly (readonly [number, number])[],
) {
  const tableOf = (spectra: readonly MeasuredSpectrum[]) =>
    new CellTable(
      spectra.map(() => features),
      0.99,
      'paper',
    )
  const table = new DifferenceTable(tableOf(own), tableOf(baseline), rows)
  return table.cells({ step: 3, column: column(...own), baseline: column(...baseline) })
}

test('are the saturation of the run minus that of the baseline', () => {
  const cells = differences(
    [ranked(7), ranked(2)],
    [ranked(4), ranked(3)],
    [
      [0, 0],
      [1, 1],
    ],
  )
  expect(cells[0]).toBeCloseTo(0.3, 12)
  expect(cells[1]).toBeCloseTo(-0.1, 12)
})

test('compare the outputs that were matched, wherever they are in their networks', () => {
  const [cell] = differences([ranked(1), ranked(9)], [ranked(2), ranked(3), ranked(4)], [[1, 2]])
  expect(cell).toBeCloseTo(0.5, 12)
})

test('take a dead layer for one that uses nothing', () => {
  expect(differences([ranked(0)], [ranked(6)], [[0, 0]])[0]).toBeCloseTo(-0.6, 12)
})

test('say why there is none, the graver fault of the two', () => {
  const compare = (own: MeasuredSpectrum, baseline: MeasuredSpectrum) => differences([own], [baseline], [[0, 0]])[0]
  expect(compare(ranked(3), ranked(0, 'non-finite'))).toBe('non-finite')
  expect(compare(ranked(3, 'not-converged'), ranked(2, 'non-finite'))).toBe('non-finite')
  expect(compare(ranked(3, 'not-converged'), ranked(2))).toBe('not-converged')
  expect(differences([ranked(3)], [], [[0, 0]])).toEqual(['unmeasured'])
})
