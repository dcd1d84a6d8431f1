import { describe, expect, test } from 'vitest'
import { snapshotCapacity, SnapshotList } from './snapshotList'

/** Adds copies, each named by its step; what had to go is returned. */
function addAll(list: SnapshotList<number>, steps: readonly number[]): number[] {
  return steps.flatMap((step) => {
    const gone = list.makeRoom(step)
    list.add(step, step)
    return [...gone]
  })
}

function gapsOf(list: SnapshotList<number>): number[] {
  return list.kept.slice(1).map(({ step }, index) => step - list.kept[index]!.step)
}

describe('snapshots of a run', () => {
  test('are never more than the capacity, keep the first and the newest, and lie evenly all along', () => {
    const list = new SnapshotList<number>(32)
    for (let step = 0; step <= 5_000; step += 10) {
      addAll(list, [step])
      expect(list.kept.length).toBeLessThanOrEqual(32)
      expect(list.kept[0]!.step).toBe(0)
      expect(list.kept.at(-1)!.step).toBe(step)
      const gaps = gapsOf(list)
      expect(Math.max(...gaps)).toBeLessThanOrEqual(2.5 * Math.max(10, step / 31))
    }
    expect(list.kept).toHaveLength(32)
  })

  test('become evenly thin where they came densely first', () => {
    const list = new SnapshotList<number>(32)
    addAll(
      list,
      Array.from({ length: 32 }, (_, step) => step),
    )
    addAll(
      list,
      Array.from({ length: 60 }, (_, index) => 100 * (index + 1)),
    )
    expect(list.kept.filter(({ step }) => step < 100)).toHaveLength(1)
  })

  test('hand back every copy exactly once', () => {
    const list = new SnapshotList<number>(4)
    const steps = [0, 3, 4, 5, 9, 11, 12, 30]
    const gone = addAll(list, steps)
    expect([...gone, ...list.kept.map(({ copy }) => copy)].toSorted((a, b) => a - b)).toEqual(steps)
  })

  test('at a step where there is one, replace it', () => {
    const list = new SnapshotList<number>(4)
    addAll(list, [1, 5])
    expect(list.makeRoom(5)).toEqual([5])
    list.add(5, 55)
    expect(list.kept.map(({ copy }) => copy)).toEqual([1, 55])
  })

  test('are found by the newest step at or before the one asked for', () => {
    const list = new SnapshotList<number>(4)
    addAll(list, [10, 20, 30])
    expect([10, 19, 20, 1_000].map((step) => list.newestAt(step).step)).toEqual([10, 10, 20, 30])
    expect(() => list.newestAt(9)).toThrow('no weights were kept at or before step 9')
    expect(list.dropAfter(20)).toEqual([30])
    expect(list.newestAt(1_000).step).toBe(20)
  })

  test('are fewer where the network is so large that 32 would not fit into memory, and never less than two', () => {
    const mebibyte = 2 ** 20
    expect(snapshotCapacity(mebibyte, 0)).toBe(32)
    expect(snapshotCapacity(32 * mebibyte, 64 * mebibyte)).toBe(10)
    expect(snapshotCapacity(1_000 * mebibyte, 0)).toBe(2)
  })
})
