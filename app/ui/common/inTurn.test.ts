import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { inTurn } from './inTurn'

describe('jobs in turn', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are done in the order they were asked for, each in a task of its own', () => {
    const done: string[] = []
    for (const name of ['first', 'second', 'third']) inTurn(() => done.push(name))
    expect(done).toEqual([])
    vi.advanceTimersToNextTimer()
    expect(done).toEqual(['first'])
    vi.advanceTimersToNextTimer()
    expect(done).toEqual(['first', 'second'])
    vi.runAllTimers()
    expect(done).toEqual(['first', 'second', 'third'])
  })

  it('are not done once taken back', () => {
    const done: string[] = []
    const takeBack = ['first', 'second'].map((name) => inTurn(() => done.push(name)))
    takeBack[0]?.()
    vi.runAllTimers()
    expect(done).toEqual(['second'])
  })

  it('go on after one that failed', () => {
    const done: string[] = []
    inTurn(() => {
      throw new Error('failed')
    })
    inTurn(() => done.push('second'))
    expect(() => vi.advanceTimersToNextTimer()).toThrow('failed')
    vi.runAllTimers()
    expect(done).toEqual(['second'])
  })
})
