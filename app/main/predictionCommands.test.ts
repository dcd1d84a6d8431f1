import { expect, test } from 'vitest'
import { activeRun } from '../runs/contenders'
import type { Predictions } from '../worker/protocol'
import { openPage } from './pageTesting'

const PREDICTIONS: Predictions = {
  step: 7,
  part: 'heldOut',
  available: 1,
  positions: Uint32Array.of(0),
  truth: Uint16Array.of(3),
  predicted: Uint16Array.of(5),
  confidence: Float32Array.of(0.75),
  truthScore: Float32Array.of(0.25),
}

test('predictions of the active run are watched, with the step that is looked at, until nobody looks', () => {
  const { commands, sent } = openPage()
  commands.watchPredictions({ step: undefined })
  commands.watchPredictions({ step: 40 })
  commands.readSamples('heldOut', [4, 2])
  commands.watchPredictions()
  expect(sent).toEqual([
    { kind: 'watchPredictions', run: '1', step: undefined },
    { kind: 'watchPredictions', run: '1', step: 40 },
    { kind: 'readSamples', run: '1', part: 'heldOut', positions: [4, 2] },
    { kind: 'watchPredictions', run: undefined, step: undefined },
  ])
})

test('predictions belong to their run; what fails leaves the last ones until there are newer', () => {
  const { store } = openPage()
  const predictions = () => activeRun(store.getState())!.predictions
  const samples = { part: 'heldOut', positions: [0], inputs: Float32Array.of(1, 2) } as const
  store.receive({ kind: 'predictions', run: '1', predictions: PREDICTIONS })
  store.receive({ kind: 'samples', run: '1', samples })
  store.receive({ kind: 'predictionsFailed', run: '1', message: 'out of memory' })
  expect(predictions()).toEqual({ newest: PREDICTIONS, failure: 'out of memory', samples })
  store.receive({ kind: 'predictions', run: '1', predictions: { ...PREDICTIONS, step: 8 } })
  expect(predictions()).toMatchObject({ newest: { step: 8 }, failure: undefined })
  store.receive({ kind: 'started', run: '2', letter: 'A', started: activeRun(store.getState())!.started })
  store.receive({ kind: 'predictions', run: '1', predictions: PREDICTIONS })
  expect(predictions()).toEqual({ newest: undefined, failure: undefined, samples: undefined })
})
