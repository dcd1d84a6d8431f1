import { describe, expect, it } from 'vitest'
import { spreadLabels } from './spreadLabels'

describe('labels at the ends of lines', () => {
  it('stay where they belong when they do not touch', () => {
    expect(spreadLabels([10, 50], 14, 0, 100)).toEqual([10, 50])
  })

  it('move apart and keep their order', () => {
    expect(spreadLabels([40, 38], 14, 0, 100)).toEqual([52, 38])
  })

  it('stay inside at both edges', () => {
    expect(spreadLabels([99, 98], 14, 0, 100)).toEqual([100, 86])
    expect(spreadLabels([-5, -6], 14, 0, 100)).toEqual([14, 0])
  })
})
