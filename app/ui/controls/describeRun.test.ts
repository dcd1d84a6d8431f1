import { describe, expect, test } from 'vitest'
import type { RunState } from '../../runs/state'
import { announceRun, canPlay, canStep, describeHeldOut, secondsLeft } from './describeRun'

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

describe('what a screen reader hears', () => {
  test.each([
    [{ kind: 'paused' }, 'Paused at step 2,000.'],
    [{ kind: 'finished' }, 'Finished 2,000 steps, held-out accuracy 93.4 %.'],
    [{ kind: 'non-finite', fault: { step: 213, where: 'hidden 2' } }, 'hidden 2 became NaN or infinite'],
    [{ kind: 'device-lost', message: 'The GPU went away.' }, 'Training stopped. The GPU went away.'],
  ] as const)('%o is told', (stop, words) => {
    expect(announceRun({ ...run, stop })).toContain(words)
  })

  test('does not change while the steps go by', () => {
    const at = (step: number): ShownRun => ({ ...run, playing: true, stop: undefined, step })
    expect(announceRun(at(1))).toBe('Training Two spirals.')
    expect(announceRun(at(900))).toBe(announceRun(at(1)))
    expect(announceRun(undefined)).toBe('')
  })
})

test('regression is summed up by its loss, and nothing is claimed where nothing is held out', () => {
  expect(describeHeldOut({ history: history(0.0412, Number.NaN) })).toBe('held-out loss 0.0412')
  expect(describeHeldOut({ history: history(undefined, undefined) })).toBeUndefined()
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
