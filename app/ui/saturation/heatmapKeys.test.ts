import { describe, expect, it } from 'vitest'
import type { HistoryColumn } from '../../runs/state'
import { followNewest, moveByKey } from './heatmapKeys'

const columns: HistoryColumn[] = Array.from({ length: 30 }, (_, index) => ({
  step: index * index,
  spectra: [],
  heldOutLoss: undefined,
  heldOutAccuracy: undefined,
}))
const live = { columns, shownStep: undefined, row: 1, rows: 3 }
const scrubbed = { ...live, shownStep: 20 * 20 }

describe('keys on the heatmap', () => {
  it('move from column to column, not from step to step', () => {
    expect(moveByKey('ArrowLeft', false, scrubbed)).toEqual({ pinnedStep: 19 * 19, hoverStep: undefined })
    expect(moveByKey('ArrowRight', false, scrubbed)).toEqual({ pinnedStep: 21 * 21, hoverStep: undefined })
  })

  it('leave the newest column backwards and pin the one before', () => {
    expect(moveByKey('ArrowLeft', false, live)).toEqual({ pinnedStep: 28 * 28, hoverStep: undefined })
  })

  it('follow live again on reaching the newest column', () => {
    expect(moveByKey('ArrowRight', false, { ...live, shownStep: 28 * 28 })).toEqual(followNewest)
    expect(moveByKey('ArrowRight', true, scrubbed)).toEqual(followNewest)
    expect(moveByKey('End', false, scrubbed)).toEqual(followNewest)
    expect(moveByKey('Escape', false, scrubbed)).toEqual(followNewest)
  })

  it('go ten columns with Shift or by page, and to the first with Home', () => {
    const tenBack = { pinnedStep: 10 * 10, hoverStep: undefined }
    expect(moveByKey('ArrowLeft', true, scrubbed)).toEqual(tenBack)
    expect(moveByKey('PageDown', false, scrubbed)).toEqual(tenBack)
    expect(moveByKey('Home', false, scrubbed)).toEqual({ pinnedStep: 0, hoverStep: undefined })
    expect(moveByKey('ArrowLeft', true, { ...live, shownStep: 4 })).toEqual({ pinnedStep: 0, hoverStep: undefined })
  })

  it('choose the layer up and down and stay on the rows there are', () => {
    expect(moveByKey('ArrowUp', false, live)).toEqual({ selectedOutput: 0 })
    expect(moveByKey('ArrowDown', false, live)).toEqual({ selectedOutput: 2 })
    expect(moveByKey('ArrowDown', false, { ...live, row: 2 })).toEqual({ selectedOutput: 2 })
    expect(moveByKey('ArrowUp', false, { ...live, row: 0 })).toEqual({ selectedOutput: 0 })
  })

  it('are left to the page where they mean nothing here', () => {
    expect(moveByKey(' ', false, live)).toBeUndefined()
    expect(moveByKey('Tab', false, live)).toBeUndefined()
  })

  it('do nothing wrong before the first column', () => {
    expect(moveByKey('ArrowLeft', false, { ...live, columns: [] })).toEqual(followNewest)
  })
})
