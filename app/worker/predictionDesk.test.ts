import { describe, expect, test, vi } from 'vitest'
import { createDataset } from '../data/createDataset'
import { parseSpecOrThrow } from '../experiment/schema'
import { openEngine } from '../training/engine'
import { openSession } from '../training/openSession'
import { openHost, start } from './hostTesting'
import { PredictionDesk } from './predictionDesk'
import type { Report } from './protocol'

const LONG = { training: { batchSize: 8, steps: 1_000_000 } }

describe('predictions of a run on screen', () => {
  test('are told while somebody looks and training goes on, and no more afterwards', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', LONG))
    await until('frame', ({ frame }) => frame.step > 0)
    host.handle({ kind: 'watchPredictions', run: '1', step: undefined })
    const { run, predictions: first } = await until('predictions')
    expect(run).toBe('1')
    expect(first).toMatchObject({ part: 'heldOut', available: 12 })
    expect(first.truth).toHaveLength(12)
    await until('predictions', ({ predictions }) => predictions.step > first.step)
    host.handle({ kind: 'watchPredictions', run: undefined, step: undefined })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const told = all('predictions').length
    const { step } = all('frame').at(-1)!.frame
    await until('frame', ({ frame }) => frame.step > step)
    expect(all('predictions')).toHaveLength(told)
    host.handle({ kind: 'pause' })
  })

  test('are of the last weights once training rests, and of a past step when that is looked at', async () => {
    const { host, until } = openHost()
    host.handle(start('1', {}, { playing: false }))
    await until('started')
    host.handle({ kind: 'watchPredictions', run: '1', step: undefined })
    await until('predictions', ({ predictions }) => predictions.step === 0)
    host.handle({ kind: 'step' })
    await until('predictions', ({ predictions }) => predictions.step === 1)
    host.handle({ kind: 'play' })
    await until('stopped', ({ step }) => step === 40)
    await until('predictions', ({ predictions }) => predictions.step === 40)
    host.handle({ kind: 'watchPredictions', run: '1', step: 15 })
    await until('predictions', ({ predictions }) => predictions.step === 10)
  })

  test('of another run take the place of those before, and a run that ends takes its own along', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', LONG))
    host.handle(start('2', LONG, { letter: 'B', race: 1 }))
    await until('started', ({ run }) => run === '2')
    host.handle({ kind: 'watchPredictions', run: '1', step: undefined })
    await until('predictions', ({ run }) => run === '1')
    host.handle({ kind: 'watchPredictions', run: '2', step: undefined })
    await until('predictions', ({ run }) => run === '2')
    host.handle({ kind: 'remove', letter: 'B' })
    const told = all('frame').length
    await until('frame', (frame) => all('frame').indexOf(frame) > told)
    expect(all('predictionsFailed')).toEqual([])
    host.handle({ kind: 'pause' })
  })
})

test('predictions that failed are tried again when they are asked for again', async () => {
  const spec = parseSpecOrThrow({ data: { kind: 'moons', samples: 60 }, layers: [{ units: 3 }, {}] })
  if (spec.data.kind !== 'moons') throw new Error('a spec for moons came back as something else')
  const dataset = createDataset(spec.data, spec.seed)
  const session = await openSession(await openEngine('reference'), spec, dataset)
  const opened = vi.spyOn(session.readers, 'openPredictions').mockRejectedValueOnce(new Error('no room'))
  const told: Report['kind'][] = []
  const desk = new PredictionDesk((report) => told.push(report.kind))
  const run = { id: '1', spec, dataset, session }
  desk.watch(run, undefined)
  await vi.waitFor(() => expect(told).toEqual(['predictionsFailed']))
  desk.watch(run, undefined)
  await vi.waitFor(() => expect(told).toEqual(['predictionsFailed', 'predictions']))
  expect(opened).toHaveBeenCalledTimes(2)
  desk.watch(undefined, undefined)
  session.destroy()
})

test('samples are shown as they were before standardisation', async () => {
  const { host, until } = openHost()
  host.handle(start('1', { data: { kind: 'moons', samples: 60, standardise: 'feature' } }, { playing: false }))
  const { plane } = (await until('started')).started
  host.handle({ kind: 'readSamples', run: '1', part: 'heldOut', positions: [3, 0] })
  const { samples } = await until('samples')
  expect(samples.positions).toEqual([3, 0])
  const { positions } = plane!.heldOut
  expect([...samples.inputs]).toEqual([...positions.subarray(6, 8), ...positions.subarray(0, 2)])
})
