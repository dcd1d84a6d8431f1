import { describe, expect, test } from 'vitest'
import type { RunState } from '../../runs/state'
import { announceRun, canPlay, canStep, describeHeldOut, describeResults, secondsLeft } from './describeRun'

type ShownRun = Parameters<typeof announceRun>[0]
const history = (heldOutLoss: number | undefined, heldOutAccuracy: number | undefined): RunState['history'] => ({
  training: { length: 0, steps: new Float64Array(0), loss: new Float32Array(0), accuracy: new Float32Array(0) },
  columns: [{ step: 2000, spectra: [], heldOutLoss, heldOutAccuracy }],
})
const run = {
  spec: { name: 'Two spirals' },
  playing: false,
  step: 2000,
  plannedSteps: 2000,
  stepsPerSecond: 33,
  history: history(0.21, 0.934),
}
const alone = [{ letter: 'A', run }] as const
const both = [...alone, { letter: 'B', run: { history: history(0.2, 0.94) } }] as const

describe('what a screen reader hears', () => {
  test.each([
    [{ kind: 'paused' }, 'Paused at step 2,000.'],
    [{ kind: 'finished' }, 'Finished 2,000 steps, held-out accuracy 93.4 %.'],
    [{ kind: 'non-finite', fault: { step: 213, where: 'hidden 2' } }, 'hidden 2 became NaN or infinite'],
    [{ kind: 'device-lost', message: 'The GPU went away.' }, 'Training stopped. The GPU went away.'],
  ] as const)('%o is told', (stop, words) => {
    expect(announceRun({ ...run, stop }, alone)).toContain(words)
  })

  test('does not change while the steps go by', () => {
    const at = (step: number): ShownRun => ({ ...run, playing: true, stop: undefined, step })
    expect(announceRun(at(1), alone)).toBe('Training Two spirals.')
    expect(announceRun(at(900), alone)).toBe(announceRun(at(1), alone))
    expect(announceRun(undefined, alone)).toBe('')
  })

  test('of several runs they hear all results, and no name that changes with whoever is ahead', () => {
    const ahead = { ...run, playing: true, stop: undefined }
    expect(announceRun(ahead, both)).toBe('Training 2 runs side by side.')
    expect(announceRun({ ...ahead, spec: { name: 'Moons' } }, both)).toBe(announceRun(ahead, both))
    expect(announceRun({ ...run, stop: { kind: 'finished' } }, both)).toBe(
      'Finished 2,000 steps, held-out accuracy A 93.4 %, B 94.0 %.',
    )
  })
})

test('regression is summed up by its loss, and nothing is claimed where nothing is held out', () => {
  expect(describeHeldOut({ history: history(0.0412, Number.NaN) })).toBe('held-out loss 0.0412')
  expect(describeHeldOut({ history: history(undefined, undefined) })).toBeUndefined()
})

test('runs that have nothing in common to be measured by are summed up each by its own', () => {
  const regression = { letter: 'C', run: { history: history(0.0412, Number.NaN) } } as const
  expect(describeResults([...both, regression])).toBe('held-out accuracy A 93.4 %, B 94.0 %; held-out loss C 0.0412')
  expect(describeResults([{ letter: 'A', run: undefined }])).toBeUndefined()
})

test('play does something only before the end and where nothing is broken', () => {
  expect(canPlay(undefined)).toBe(false)
  expect(canPlay({ stop: undefined })).toBe(true)
  expect(canPlay({ stop: { kind: 'paused' } })).toBe(true)
  expect(canPlay({ stop: { kind: 'finished' } })).toBe(false)
  expect(canPlay({ stop: { kind: 'failed', message: '' } })).toBe(false)
})

test('one more step is possible after the end, but not after a fault', () => {
  expect(canStep(undefined)).toBe(false)
  expect(canStep({ stop: undefined })).toBe(true)
  expect(canStep({ stop: { kind: 'finished' } })).toBe(true)
  expect(canStep({ stop: { kind: 'non-finite', fault: { step: 3, where: 'loss' } } })).toBe(false)
})

test('the time left is unknown while nothing moves, and none at the end', () => {
  expect(secondsLeft({ step: 500, plannedSteps: 2000, stepsPerSecond: 30 })).toBe(50)
  expect(secondsLeft({ step: 500, plannedSteps: 2000, stepsPerSecond: 0 })).toBe(Infinity)
  expect(secondsLeft({ step: 2000, plannedSteps: 2000, stepsPerSecond: 0 })).toBe(0)
})
