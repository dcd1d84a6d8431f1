import { describe, expect, test } from 'vitest'
import { RandomStream } from '../../experiment/random'
import { all, any, atLeast, below, latch, WINDOW_COLUMNS, type Verdict } from './latch'

/** The latch at every column of a run that is measured every step, h holds, f fails, anything else is unclear. */
function states(columns: string, windowSteps = 10): string {
  const read = (column: number): Verdict => {
    const letter = columns[column]
    return letter === 'h' ? 'holds' : letter === 'f' ? 'fails' : 'unclear'
  }
  return Array.from(columns, (_, last) => {
    const steps = Float64Array.from({ length: last + 1 }, (__, column) => column)
    return latch(steps, 0, windowSteps, read) === undefined ? '-' : '+'
  }).join('')
}

describe('a latch', () => {
  test('comes true in the column that completes a window, and tells when the window began', () => {
    expect(states('h'.repeat(22))).toBe('-'.repeat(19).concat('+++'))
    const steps = Float64Array.from({ length: 40 }, (_, column) => 10 * column)
    expect(latch(steps, 0, 100, (column) => (column >= 5 ? 'holds' : 'fails'))).toBe(5)
  })

  test('needs the steps of a window as well as its columns', () => {
    expect(states('h'.repeat(40), 30)).toBe('-'.repeat(30) + '+'.repeat(10))
  })

  test('where columns are far apart, five over five windows are enough, and four are not', () => {
    const far = (columns: number) => Float64Array.from({ length: columns }, (_, column) => 20 * column)
    expect(latch(far(5), 0, 10, () => 'holds')).toBe(0)
    expect(latch(far(5), 0, 17, () => 'holds')).toBeUndefined()
    const further = (columns: number) => Float64Array.from({ length: columns }, (_, column) => 1_000 * column)
    expect(latch(further(4), 0, 10, () => 'holds')).toBeUndefined()
  })

  test('begins its window anew after a column that does not hold', () => {
    expect(states('h'.repeat(19).concat('?', 'h'.repeat(20)))).toBe('-'.repeat(39).concat('+'))
  })

  test('stays through unclear columns and short failures, and goes after a window of failures', () => {
    expect(states('h'.repeat(20) + '?'.repeat(30)).at(-1)).toBe('+')
    expect(states('h'.repeat(20).concat('f'.repeat(19), 'h')).at(-1)).toBe('+')
    expect(states('h'.repeat(20) + 'f'.repeat(20)).slice(-2)).toBe('+-')
  })

  test('looks at no column before the first', () => {
    const steps = Float64Array.from({ length: 30 }, (_, column) => column)
    expect(latch(steps, 11, 10, () => 'holds')).toBeUndefined()
    expect(latch(steps, 10, 10, () => 'holds')).toBe(10)
    expect(latch(steps, 30, 10, () => 'holds')).toBeUndefined()
  })

  test('looks back no further than to the failures that ended what was before', () => {
    const steps = Float64Array.from({ length: 1_000 }, (_, column) => column)
    const asked: number[] = []
    const since = latch(steps, 0, 10, (column) => {
      asked.push(column)
      return column < 900 ? 'holds' : 'fails'
    })
    expect(since).toBeUndefined()
    expect(asked).toHaveLength(WINDOW_COLUMNS)
    expect(Math.min(...asked)).toBe(steps.length - WINDOW_COLUMNS)
  })

  test('tells the first of several windows since the last failures', () => {
    const columns = `${'h'.repeat(25)}${'f'.repeat(25)}${'h'.repeat(25)}${'f'.repeat(19)}?${'h'.repeat(25)}f`
    const steps = Float64Array.from(columns, (_, column) => column)
    const verdicts = { h: 'holds', f: 'fails', '?': 'unclear' } as const
    expect(latch(steps, 0, 10, (column) => verdicts[columns[column] as keyof typeof verdicts])).toBe(50)
  })

  test('never changes twice within a window, whatever the columns say', () => {
    for (let seed = 0; seed < 100; seed++) {
      const random = new RandomStream(seed, 'latch')
      // Runs of one verdict, so that there are windows at all.
      const columns = Array.from({ length: 12 }, () => 'hf?'[random.integer(3)]!.repeat(1 + random.integer(45))).join(
        '',
      )
      const shown = states(columns)
      const changes = Array.from(shown, (_, column) => column).filter((at) => at > 0 && shown[at] !== shown[at - 1])
      for (const [index, at] of changes.entries()) {
        if (index > 0) expect(at - changes[index - 1]!).toBeGreaterThanOrEqual(WINDOW_COLUMNS)
      }
    }
  })
})

describe('verdicts', () => {
  test('leave a gap between holding and failing, and know nothing of what was not measured', () => {
    expect([0.4, 0.5, 0.59, 0.6, NaN].map((value) => below(value, 0.5, 0.6))).toEqual([
      'holds',
      'unclear',
      'unclear',
      'fails',
      'unclear',
    ])
    expect([0.4, 0.3, 0.29, NaN].map((value) => atLeast(value, 0.4, 0.3))).toEqual([
      'holds',
      'unclear',
      'fails',
      'unclear',
    ])
  })

  test('join as and and or', () => {
    expect(all('holds', 'unclear')).toBe('unclear')
    expect(all('holds', 'unclear', 'fails')).toBe('fails')
    expect(all('holds', 'holds')).toBe('holds')
    expect(any('fails', 'unclear')).toBe('unclear')
    expect(any('fails', 'unclear', 'holds')).toBe('holds')
    expect(any('fails', 'fails')).toBe('fails')
  })
})
