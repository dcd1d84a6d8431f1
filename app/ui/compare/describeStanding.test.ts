import { expect, test } from 'vitest'
import { defaultPreset, presetSpec } from '../../experiment/presets'
import { createRunStore } from '../../runs/store'
import type { Contender, RunState } from '../../runs/state'
import { describeStanding } from './describeStanding'

const spec = presetSpec(defaultPreset)
const data: RunState['started']['data'] = {
  name: 'digits',
  task: { kind: 'classification', classes: 10, classNames: [] },
  shape: { height: 14, width: 14, channels: 1 },
  features: 196,
  trainingCount: 4800,
  heldOutCount: 1200,
  notes: [],
  preview: { count: 0, inputs: new Float32Array(), targets: new Float32Array() },
}

/** Run A as the page has it once the worker started it, at some step of 2,000. */
function contenderAt(change: Partial<RunState>): Contender {
  const store = createRunStore(spec, (publish) => publish())
  store.receive({
    kind: 'started',
    run: '1',
    letter: 'A',
    started: { spec, startStep: 0, outputs: [], variants: {}, data },
  })
  const [contender] = store.getState().contenders
  if (!contender.run) throw new Error('nothing was started')
  return { ...contender, run: { ...contender.run, playing: true, ...change } }
}

test('a run that is level with the others needs no words, nor one whose frames come a little later', () => {
  expect(describeStanding(contenderAt({ step: 412 }), 412)).toBeUndefined()
  expect(describeStanding(contenderAt({ step: 380 }), 412)).toBeUndefined()
  expect(describeStanding(contenderAt({ step: 100, stepsPerSecond: 4000 }), 1800)).toBeUndefined()
})

test('a run that joined later catches up, from 0 to where the others wait', () => {
  expect(describeStanding(contenderAt({ step: 120, stepsPerSecond: 50 }), 412)).toEqual({
    isFault: false,
    short: 'catching up 120 / 412',
    full: 'catching up, step 120 of 412; the others wait',
  })
})

test('a run that broke off says where, and is not said to catch up', () => {
  const stop = { kind: 'non-finite', fault: { step: 1213, where: 'hidden 2' } } as const
  expect(describeStanding(contenderAt({ step: 1212, stop }), 2000)).toMatchObject({
    isFault: true,
    short: 'broke off at 1,213',
    full: 'broke off at step 1,213: hidden 2 became NaN or infinite',
  })
})

test('a device that was lost stops a run; a pause or the end are no news', () => {
  const lost = { kind: 'device-lost', message: 'The GPU is gone.' } as const
  expect(describeStanding(contenderAt({ stop: lost }), 0)).toMatchObject({ isFault: true, short: 'stopped' })
  expect(describeStanding(contenderAt({ stop: { kind: 'paused' } }), 0)).toBeUndefined()
  expect(describeStanding(contenderAt({ stop: { kind: 'finished' } }), 0)).toBeUndefined()
})

test('a run that has not begun is starting, unless its experiment cannot be run', () => {
  const waiting: Contender = { ...contenderAt({}), run: undefined }
  expect(describeStanding(waiting, 412)?.short).toBe('starting')
  const faults = [{ path: 'layers.0.units', message: 'Too wide.' }]
  const refused: Contender = { ...waiting, draft: { ...waiting.draft, faults } }
  expect(describeStanding(refused, 412)).toMatchObject({ isFault: true, full: 'cannot run: Too wide.' })
})
