import { describe, expect, test } from 'vitest'
import { splitFileSamples, splitInOrder } from './split'

describe('splitting', () => {
  test('holds out the last samples of generated data, as a share or a number', () => {
    expect(splitInOrder(0.25, 10).trainingCount).toBe(7)
    expect(splitInOrder({ last: 3 }, 10).trainingCount).toBe(7)
    expect(splitInOrder(0, 10).trainingCount).toBe(10)
    expect([...splitInOrder(0.25, 5).order]).toEqual([0, 1, 2, 3, 4])
  })

  test('takes “the last n” of a file at their word', () => {
    const { order, trainingCount } = splitFileSamples({ last: 2 }, 6, 1)
    expect([...order]).toEqual([0, 1, 2, 3, 4, 5])
    expect(trainingCount).toBe(4)
  })

  test('draws a share of a file at random by the seed, every sample once, each part in the order of the file', () => {
    const { order, trainingCount } = splitFileSamples(0.2, 1000, 1)
    expect(trainingCount).toBe(800)
    const heldOut = order.slice(trainingCount)
    expect(heldOut).toEqual(heldOut.toSorted())
    expect(order.slice(0, 800)).toEqual(order.slice(0, 800).toSorted())
    expect(new Set(order).size).toBe(1000)
    // Of the first half of the file about half are held out, not none as without shuffling: 100 ± 6 deviations.
    const early = heldOut.filter((sample) => sample < 500).length
    expect(Math.abs(early - 100)).toBeLessThan(40)
    expect(splitFileSamples(0.2, 1000, 1).order).toEqual(order)
    expect(splitFileSamples(0.2, 1000, 2).order).not.toEqual(order)
  })

  test('refuses to leave nothing to train on, with both figures', () => {
    expect(() => splitFileSamples({ last: 10_000 }, 1500, 1)).toThrow(
      'Holding out the last 10,000 samples leaves nothing to train on: there are only 1,500 samples.',
    )
    expect(() => splitInOrder(0.9, 1)).toThrow('there is only 1 sample')
  })
})
