import { expect, test } from 'vitest'
import { parseSpecOrThrow } from '../../experiment/schema'
import { activeRun } from '../contenders'
import { createRunStore } from '../store'
import { evidenceOf } from './evidence'

test('a run on the page is evidence with its live changes, its series and the update that was refused', () => {
  const spec = parseSpecOrThrow({ data: { kind: 'digits' } })
  const store = createRunStore(spec, (publish) => publish())
  const outputs = [{ name: 'hidden 1', kind: 'dense' as const, width: 128 }]
  const task = { kind: 'classification', classes: 2, classNames: ['0', '1'] } as const
  const counts = { trainingCount: 80, heldOutCount: 20 }
  const preview = { count: 0, inputs: new Float32Array(), targets: new Float32Array() }
  const images = { shape: { height: 14, width: 14, channels: 1 }, features: 196 }
  const data = { name: 'digits', task, ...images, ...counts, notes: [], preview }
  store.receive({
    kind: 'started',
    run: '1',
    letter: 'A',
    started: { spec, startStep: 0, outputs, variants: {}, data },
  })
  store.receive({
    kind: 'frame',
    frame: {
      run: '1',
      step: 2,
      plannedSteps: 500,
      epoch: 0,
      playing: true,
      stepsPerSecond: 0,
      losses: { firstStep: 1, loss: Float32Array.of(3, 2), accuracy: Float32Array.of(0, 1) },
      columns: [{ step: 2, spectra: [] }],
      snapshots: { count: 0, bytesOnGpu: 0, bytesInMemory: 0, budget: 0 },
      millisPerStep: 0,
      millisPerColumn: 0,
    },
  })
  store.receive({ kind: 'changed', run: '1', step: 2, settings: { learningRate: 0.5 } })
  store.receive({
    kind: 'stopped',
    run: '1',
    step: 2,
    reason: { kind: 'non-finite', fault: { step: 3, where: 'loss' } },
  })
  const evidence = evidenceOf(activeRun(store.getState())!)
  expect(evidence).toMatchObject({ shape: images.shape, task, ...counts, outputs, plannedSteps: 500, refusedStep: 3 })
  expect(evidence.columns.map(({ step }) => step)).toEqual([2])
  expect(evidence.training.loss.subarray(0, evidence.training.length)).toEqual(Float32Array.of(3, 2))
  expect(evidence.changes).toEqual([{ step: 2, path: 'learningRate', value: 0.5 }])
})
