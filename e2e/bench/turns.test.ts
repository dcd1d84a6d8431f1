import { expect, test } from 'vitest'
import { median } from './table.mjs'
import { measureInTurns } from './turns.mjs'

/** A contender that takes 10 ms per step of a clock of its own. */
function pretend(name: string, log: string[], failAt = Infinity) {
  let turns = 0
  return {
    name,
    open: () => Promise.resolve(),
    turn: (steps: number) => {
      if (++turns > failAt) return Promise.reject(new Error('page.evaluate: Error: out of memory\n    at x'))
      log.push(`${name} ${steps}`)
      return Promise.resolve({ steps, millis: steps * 10, columns: 0 })
    },
  }
}

test('turns last as long as asked, and each round begins with another contender', async () => {
  const log: string[] = []
  const entries = [pretend('a', log), pretend('b', log)]
  const results = await measureInTurns(entries, { rounds: 2, secondsPerTurn: 2 })
  expect(log.slice(-4)).toEqual(['a 200', 'b 200', 'b 200', 'a 200'])
  expect(results.map(({ turns }) => turns.length)).toEqual([2, 2])
})

test('a contender that fails says why and does not stop the others', async () => {
  const log: string[] = []
  const entries = [pretend('a', log, 2), pretend('b', log)]
  const [failed, other] = await measureInTurns(entries, { rounds: 3, secondsPerTurn: 1 })
  expect(failed).toEqual({ name: 'a', turns: [], failure: 'out of memory' })
  expect(other?.turns).toHaveLength(3)
})

test('the median of an even number lies between the middle two', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5])
})
