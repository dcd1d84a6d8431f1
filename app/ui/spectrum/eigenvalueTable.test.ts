import { expect, it } from 'vitest'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import { eigenvalueTable } from './eigenvalueTable'

it('has a row for every direction, with what it carries and what all up to it carry', () => {
  const measured: MeasuredSpectrum = {
    eigenvalues: Float32Array.of(6, 3, 1, -0.0001),
    samples: 400,
    state: 'ok',
    solver: 'jacobi',
    sweeps: 5,
    offDiagonalNorm: 0,
  }
  const { columns, rows } = eigenvalueTable(measured)
  expect(columns).toEqual(['direction', 'eigenvalue λ', 'its share', 'all so far'])
  expect(rows.map((row) => row.map((cell) => cell.replaceAll('\u202f', ' ')))).toEqual([
    ['1', '6.00', '60 %', '60 %'],
    ['2', '3.00', '30 %', '90 %'],
    ['3', '1.00', '10 %', '100 %'],
    // As the solver gave it; rounding below zero carries nothing.
    ['4', '\u22121.0e\u22124', '0 %', '100 %'],
  ])
})
