import { describe, expect, it } from 'vitest'
import { LARGEST_THRESHOLD, nextThreshold, SMALLEST_THRESHOLD, snapThreshold, thresholdByKey } from './threshold'

describe('δ by hand', () => {
  it('rests on round numbers that get finer towards 1', () => {
    expect([0.503, 0.777, 0.953, 0.9921, 0.99912, 0.9899].map(snapThreshold)).toEqual([
      0.5, 0.78, 0.955, 0.992, 0.9991, 0.99,
    ])
  })

  it('stays in its range', () => {
    expect([-1, 0.2, 1, 3].map(snapThreshold)).toEqual([0.5, 0.5, 0.9999, 0.9999])
  })

  it('walks up from end to end and back over the same values', () => {
    const up = [SMALLEST_THRESHOLD]
    while (up.at(-1)! < LARGEST_THRESHOLD && up.length < 200) up.push(nextThreshold(up.at(-1)!, 1))
    expect(up.at(-1)).toBe(LARGEST_THRESHOLD)
    expect(up.length).toBeLessThan(100)
    expect(up).toContain(0.9)
    expect(up).toContain(0.95)
    expect(up).toContain(0.99)
    expect(up).toContain(0.999)
    const down = [LARGEST_THRESHOLD]
    while (down.at(-1)! > SMALLEST_THRESHOLD && down.length < 200) down.push(nextThreshold(down.at(-1)!, -1))
    expect(down.toReversed()).toEqual(up)
  })

  it('leaves a value between the round ones for its neighbours', () => {
    expect(nextThreshold(0.9753, 1)).toBe(0.98)
    expect(nextThreshold(0.9753, -1)).toBe(0.975)
  })

  it('jumps between landmarks by page and to the ends with Home and End', () => {
    expect(thresholdByKey('PageUp', 0.99)).toBe(0.999)
    expect(thresholdByKey('PageDown', 0.99)).toBe(0.95)
    expect(thresholdByKey('PageUp', 0.9999)).toBe(0.9999)
    expect(thresholdByKey('Home', 0.99)).toBe(0.5)
    expect(thresholdByKey('End', 0.99)).toBe(0.9999)
    expect(thresholdByKey('x', 0.99)).toBeUndefined()
  })
})
