import { describe, expect, test } from 'vitest'
import { countConfusion } from '../../metrics/confusion'
import type { ExperimentDocument } from '../../experiment/spec'
import { openEngine } from '../engine'
import { columnOf, dataOf, open, SMALL, specOf } from '../testing/smallRuns'
import { chooseJudged } from './judgedSamples'
import { readPredictions } from './readPredictions'

const { signal } = new AbortController()

/** Trains for a while and predicts; all held-out samples are in the probe, too. */
async function train(document: ExperimentDocument, steps: number) {
  const spec = specOf(document)
  const dataset = dataOf(spec)
  const session = await open(await openEngine('reference'), spec)
  session.snapshot()
  await session.advance(steps)
  const judged = chooseJudged(dataset, spec.seed)
  const reader = await session.readers.openPredictions(judged.positions.length)
  const read = (atStep?: number) => readPredictions(reader, dataset, judged, { loss: spec.loss, atStep, signal })
  return { session, dataset, read }
}

describe('predictions for the held-out samples', () => {
  test.each<[string, ExperimentDocument]>([
    ['cross-entropy', {}],
    [
      'binary cross-entropy',
      {
        data: { kind: 'xor', samples: 300 },
        layers: [{ units: 9, activation: 'tanh' }, { units: 1 }],
        loss: { kind: 'binaryCrossEntropy' },
      },
    ],
    ['mean squared error', { loss: { kind: 'meanSquaredError' } }],
  ])('with %s are right as often as the held-out accuracy says', async (_loss, document) => {
    const { session, dataset, read } = await train(document, 60)
    const { truth, predicted, step, part, confidence } = await read()
    const { heldOut } = await columnOf(session)
    expect([step, part, truth.length]).toEqual([60, 'heldOut', dataset.heldOutCount])
    const right = truth.filter((own, sample) => own === predicted[sample]).length
    expect(right / truth.length).toBeCloseTo(heldOut!.accuracy, 6)
    expect(heldOut!.accuracy).toBeGreaterThan(0.4)
    expect(confidence.every(Number.isFinite)).toBe(true)
    const { counts } = countConfusion(truth, predicted, 3)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(truth.length)
    session.destroy()
  })

  test('are of the step that is looked back at', async () => {
    const { session, read } = await train({}, 60)
    const before = await read(30)
    const after = await read()
    expect([before.step, after.step]).toEqual([0, 60])
    expect(before.confidence).not.toEqual(after.confidence)
    expect(before.truth).toEqual(after.truth)
    session.destroy()
  })

  test('are of training samples where none are held out', async () => {
    const { session, read } = await train({ data: { ...SMALL.data, heldOut: 0 } }, 1)
    const { part, available, positions } = await read()
    expect([part, available, positions.length]).toEqual(['training', 300, 300])
    session.destroy()
  })
})

describe('the samples that are judged', () => {
  const dataset = dataOf(specOf({ data: { ...SMALL.data, samples: 30, heldOut: 0.5 } }))

  test('are all that are held out, in their order', () => {
    const { positions, available } = chooseJudged(dataset, 1)
    expect([...positions]).toEqual(Array.from({ length: 15 }, (_, index) => index))
    expect(available).toBe(15)
  })

  test('of very many are ten thousand, drawn by the seed, in their order', () => {
    const many = { ...dataset, heldOutCount: 30_000 }
    const { positions, available } = chooseJudged(many, 1)
    expect([positions.length, new Set(positions).size, available]).toEqual([10_000, 10_000, 30_000])
    expect(positions.every((position, index) => index === 0 || position > positions[index - 1]!)).toBe(true)
    expect(chooseJudged(many, 1).positions).toEqual(positions)
    expect(chooseJudged(many, 2).positions).not.toEqual(positions)
  })
})
