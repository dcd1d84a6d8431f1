import { describe, expect, it } from 'vitest'
import type { HistoryColumn } from '../../runs/state'
import { columnIndexAt, shownColumn } from './history'

function columnsAt(...steps: number[]): HistoryColumn[] {
  return steps.map((step) => ({ step, spectra: [], heldOutLoss: undefined, heldOutAccuracy: undefined }))
}

describe('looking up columns by step', () => {
  const columns = columnsAt(0, 7, 9, 40)

  it('finds the column that holds at a step, whatever the cadence', () => {
    expect([0, 6, 7, 8, 9, 39.9, 40, 1e6].map((step) => columnIndexAt(columns, step))).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
  })

  it('takes the first column for earlier steps and says −1 without columns', () => {
    expect(columnIndexAt(columnsAt(5, 6), 2)).toBe(0)
    expect(columnIndexAt([], 2)).toBe(-1)
  })

  it('shows the newest column unless a step is asked for', () => {
    expect(shownColumn(columns, undefined)?.step).toBe(40)
    expect(shownColumn(columns, 10)?.step).toBe(9)
    expect(shownColumn([], 10)).toBeUndefined()
  })
})
