import { describe, expect, it } from 'vitest'
import { lossAxis, lossRange, stepAxis } from './curveScales'
import type { Line } from './smoothing'

function line(values: readonly number[]): Line {
  return { steps: values.map((_, index) => index + 1), values, length: values.length }
}
const nothing = line([])
const curves = (raw: Line, heldOut = nothing) => ({ raw, heldOut })

describe('the range of losses', () => {
  it('ends on round numbers around what was measured', () => {
    expect(lossRange([curves(line([2.3, 1.1, 0.4, 0.15]), line([2.2, 0.3]))])).toEqual({ low: 0.2, high: 5, top: 2.5 })
  })

  it('is not blown up by a single wild batch', () => {
    const values = Array.from({ length: 100 }, () => 1)
    values[60] = 20
    expect(lossRange([curves(line(values))]).high).toBeLessThanOrEqual(5)
  })

  it('takes in held-out losses beyond the training losses', () => {
    expect(lossRange([curves(line([0.5, 0.5]), line([0.5, 3]))]).high).toBe(5)
  })

  it('holds the losses of all runs', () => {
    expect(lossRange([curves(line([0.5, 0.4])), curves(line([2.3]), line([0.03]))])).toEqual({
      low: 0.02,
      high: 5,
      top: 2.5,
    })
  })

  it('passes over NaN, infinity and zero', () => {
    expect(lossRange([curves(line([Number.NaN, 1, Infinity, 0]))])).toEqual({ low: 0.1, high: 1, top: 1 })
    expect(lossRange([curves(nothing)])).toEqual({ low: 0.1, high: 1, top: 1 })
  })

  it('spans at least a decade', () => {
    const { low, high } = lossRange([curves(line([0.9, 0.95]))])
    expect(high / low).toBeGreaterThanOrEqual(10 - 1e-9)
  })
})

describe('the axes of the curves', () => {
  it('start at 0 unless they are logarithmic', () => {
    expect(lossAxis({ low: 0.2, high: 5, top: 2.5 }, false, 120).domain).toEqual([0, 2.5])
    const log = lossAxis({ low: 0.2, high: 5, top: 2.5 }, true, 120)
    expect(log.domain).toEqual([0.2, 5])
    expect(log.ticks.map(log.format)).toEqual(['0.2', '0.5', '1', '2', '5'])
  })

  it('span the planned steps from the first update on', () => {
    expect(stepAxis(2000, 300).domain).toEqual([0, 2000])
  })
})
