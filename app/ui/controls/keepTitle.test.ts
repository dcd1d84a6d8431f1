import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { changeContender } from '../../runs/contenders'
import { createRunStore } from '../../runs/store'
import { presetSpec, defaultPreset } from '../../experiment/presets'
import type { RunState } from '../../runs/state'
import { keepTitle } from './keepTitle'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const unused = {} as Pick<RunState, Exclude<keyof RunState, 'playing' | 'stop' | 'step' | 'plannedSteps'>>

/** A store, and a page that counts how often its title is set. */
function setUp() {
  const store = createRunStore(presetSpec(defaultPreset))
  const titles: string[] = []
  const page = {
    get title() {
      return titles.at(-1) ?? ''
    },
    set title(title: string) {
      titles.push(title)
    },
  }
  const setStep = (step: number) =>
    store.update((state) =>
      changeContender(state, 'A', () => ({
        run: { ...unused, playing: true, stop: undefined, step, plannedSteps: 2000 },
      })),
    )
  return { store, page, titles, setStep }
}

test('the title follows the run once a second, whatever happens in between', () => {
  const { store, page, titles, setStep } = setUp()
  keepTitle(store, page)
  vi.advanceTimersByTime(5_000)
  for (let step = 1; step <= 35; step++) {
    setStep(step)
    vi.advanceTimersByTime(100)
  }
  expect(titles).toEqual([
    'Saturascope',
    '▶ 1/2,000 · Saturascope',
    '▶ 10/2,000 · Saturascope',
    '▶ 20/2,000 · Saturascope',
    '▶ 30/2,000 · Saturascope',
  ])
  vi.advanceTimersByTime(1_000)
  expect(page.title, 'the last change is shown, too').toBe('▶ 35/2,000 · Saturascope')
})

test('the title stays as it is once nobody keeps it', () => {
  const { store, page, setStep } = setUp()
  const stop = keepTitle(store, page)
  setStep(1)
  stop()
  setStep(2)
  vi.advanceTimersByTime(5_000)
  expect(page.title).toBe('Saturascope')
})
