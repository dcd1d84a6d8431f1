import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextFrame } from './nextFrame'

let frames: (() => void)[] = []

beforeEach(() => {
  vi.useFakeTimers()
  frames = []
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => frames.push(act))
  vi.stubGlobal('cancelAnimationFrame', (handle: number) => frames.splice(handle - 1, 1))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a visible page acts with its next frame, once', () => {
  const act = vi.fn()
  nextFrame(act)
  expect(act).not.toHaveBeenCalled()
  frames[0]?.()
  vi.advanceTimersByTime(10_000)
  expect(act).toHaveBeenCalledTimes(1)
})

test('a hidden page, which gets no frames, acts after a second, once', () => {
  const act = vi.fn()
  nextFrame(act)
  vi.advanceTimersByTime(999)
  expect(act).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(act).toHaveBeenCalledTimes(1)
  expect(frames, 'the frame that never came').toEqual([])
})
