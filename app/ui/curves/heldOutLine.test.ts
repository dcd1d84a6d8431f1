import { describe, expect, it } from 'vitest'
import type { HistoryColumn } from '../../runs/state'
import { heldOutLine, valueAt } from './heldOutLine'

function column(step: number, heldOutLoss: number | undefined): HistoryColumn {
  return { step, spectra: [], heldOutLoss, heldOutAccuracy: undefined }
}

describe('held-out values', () => {
  const line = heldOutLine([column(0, 2), column(5, undefined), column(9, 1), column(20, Number.NaN)], 'heldOutLoss')

  it('are taken from the columns that have them', () => {
    expect(line.length).toBe(3)
    expect([line.steps[0], line.steps[1]]).toEqual([0, 9])
  })

  it('are none where nothing is held out', () => {
    expect(heldOutLine([column(0, 2)], 'heldOutAccuracy').length).toBe(0)
  })

  it('are read at a step as the last finite one before it', () => {
    expect(valueAt(line, 8)).toBe(2)
    expect(valueAt(line, 9)).toBe(1)
    expect(valueAt(line, undefined)).toBe(1)
    expect(valueAt(line, -1)).toBeNaN()
  })
})
