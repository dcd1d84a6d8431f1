import { expect, test } from 'vitest'
import { testRun } from '../../runs/runTesting'
import type { Cell } from './cellTable'
import { differencesTable, saturationTable } from './heatmapTables'

const options = { threshold: 0.99, convention: 'paper' } as const
const plain = (text: string) => text.replaceAll('\u202f', ' ')

test('the table of a heatmap has a row for every measured step and says k and share of every layer', () => {
  const { started, history } = testRun({
    heldOut: [
      [0, 0.5, 0.7],
      [1200, 0.9, 0.2],
    ],
    directions: [4, 8, 0],
  })
  const table = saturationTable(started.outputs, history.columns, options)
  expect(table.columns).toEqual(['step', 'hidden 1, of 16', 'hidden 2, of 8', 'output, of 2'])
  expect(table.rows.map((row) => row.map(plain))).toEqual([
    ['0', '4 · 25 %', '8 · 100 %', 'dead'],
    ['1,200', '4 · 25 %', '8 · 100 %', 'dead'],
  ])
})

test('a layer that a column lacks is said not to be measured', () => {
  const { started } = testRun()
  expect(saturationTable(started.outputs, [{ step: 7, spectra: [] }], options).rows).toEqual([
    ['7', 'not measured', 'not measured', 'not measured'],
  ])
})

test('the table of differences says points, or why there are none', () => {
  const layers = [
    { name: 'hidden 1', place: 0 },
    { name: 'hidden 2', place: 'only in A' },
    { name: 'output', place: 1 },
  ]
  const cells: Record<number, readonly Cell[]> = { 0: [0.06, 'non-finite'], 40: [-0.01, 'unmeasured'] }
  const table = differencesTable(layers, [{ step: 0 }, { step: 40 }], ({ step }) => cells[step] ?? [])
  expect(table).toEqual({
    columns: ['step', 'hidden 1', 'hidden 2', 'output'],
    rows: [
      ['0', '+6 points', 'only in A', 'NaN or ∞'],
      ['40', '\u22121 point', 'only in A', 'not measured'],
    ],
  })
})
