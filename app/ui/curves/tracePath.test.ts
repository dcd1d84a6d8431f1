import { describe, expect, it } from 'vitest'
import type { Line } from './smoothing'
import { lineScale, tracePath } from './tracePath'

function trace(values: readonly number[], pixelsPerStep: number, density = 2): string[] {
  const line: Line = { steps: values.map((_, index) => index), values, length: values.length }
  const calls: string[] = []
  const path = {
    moveTo: (x: number, y: number) => void calls.push(`M${x},${y}`),
    lineTo: (x: number, y: number) => void calls.push(`L${x},${y}`),
  }
  // Upwards, as charts have it.
  tracePath(path, line, { origin: 0, pixelsPerStep, y: (value) => 10 - value, density })
  return calls
}

describe('tracing a line', () => {
  it('draws every point where points are apart', () => {
    expect(trace([5, 7, 6], 10)).toEqual(['M0,5', 'L10,3', 'L20,4'])
  })

  it('keeps the lowest and highest of a pixel column', () => {
    expect(trace([5, 1, 9, 4, 3], 0.1)).toEqual(['M0,1', 'L0,9', 'L0.5,6', 'L0.5,7'])
  })

  it('has no more columns than the screen', () => {
    expect(trace([5, 1, 9, 4, 3], 0.1, 1)).toEqual(['M0,1', 'L0,9'])
  })

  it('stays as short as the chart is wide', () => {
    const values = Array.from({ length: 4096 }, (_, index) => Math.sin(index))
    expect(trace(values, 400 / 4096).length).toBeLessThanOrEqual(2 * (2 * 400 + 1))
  })

  it('breaks where a value is not finite', () => {
    expect(trace([1, Number.NaN, 2, 3], 10)).toEqual(['M0,9', 'M20,8', 'L30,7'])
    expect(trace([Number.NaN], 10)).toEqual([])
  })
})

describe('the scale of lines', () => {
  it('places steps where the plot does, in columns as fine as the screen', () => {
    const plot = {
      left: 48,
      top: 18,
      width: 300,
      height: 100,
      x: (step: number) => 48 + step * 0.15,
      xAt: (pixel: number) => (pixel - 48) / 0.15,
      y: (value: number) => 118 - value,
      yAt: (pixel: number) => 118 - pixel,
    }
    const { origin, pixelsPerStep, density } = lineScale({ getTransform: () => ({ a: 1.5 }) as DOMMatrix }, plot)
    expect(origin + 700 * pixelsPerStep).toBeCloseTo(plot.x(700), 9)
    expect(density).toBe(2)
  })
})
