import { expect, it } from 'vitest'
import type { HistoryColumn } from '../../runs/state'
import { CellTable } from './cellTable'
import { tailStart } from './tailStart'

const width = 20

function column(step: number, ranks: readonly number[]): HistoryColumn {
  const spectra = ranks.map((rank) => ({
    eigenvalues: Float32Array.from({ length: width }, (_, index) => (index < rank ? 1 : 0)),
    samples: 400,
    state: 'ok' as const,
    solver: 'jacobi' as const,
    sweeps: 5,
    offDiagonalNorm: 0,
  }))
  return { step, spectra, heldOutLoss: undefined, heldOutAccuracy: undefined }
}

function tailOf(ranks: readonly number[]): number | undefined {
  const columns = Array.from({ length: 25 }, (_, step) => column(step, ranks))
  return tailStart(
    columns,
    new CellTable(
      ranks.map(() => width),
      0.99,
      'paper',
    ),
    ranks.length,
  )
}

it('finds the first of the hidden layers that are hardly used', () => {
  expect(tailOf([18, 16, 4, 3, 10])).toBe(2)
})

it('does not count the output layer, whose width the data decide', () => {
  expect(tailOf([18, 16, 15, 3])).toBeUndefined()
  expect(tailOf([18, 4, 2])).toBeUndefined()
})
