import { expect, test, vi } from 'vitest'
import { setWidth } from '../experiment/edits'
import { parseSpecOrThrow } from '../experiment/schema'
import { openHost, start, TINY } from './hostTesting'

const SPEC = parseSpecOrThrow(TINY)

test('a trial trains to the end and comes to what the same run on screen comes to', async () => {
  const { host, until, all } = openHost()
  host.handle(start('1', { monitor: { samples: 60, cadence: 1 } }))
  await until('stopped')
  host.handle({ kind: 'tryOut', trial: 'a', spec: SPEC })
  const { outcome } = await until('trialEnded')
  if (!outcome.ok) throw new Error(outcome.message)
  const last = all('frame')
    .flatMap(({ frame }) => frame.columns)
    .slice(-10)
  expect(last.map(({ step }) => step)).toEqual(Array.from({ length: 10 }, (_, index) => 31 + index))
  expect(outcome.result.spectra).toEqual(last.at(-1)!.spectra)
  const loss = last.reduce((sum, { heldOut }) => sum + heldOut!.loss, 0) / 10
  expect(outcome.result.heldOut!.loss).toBeCloseTo(loss, 6)
  const losses = all('frame').flatMap(({ frame }) => [...frame.losses.loss])
  expect(outcome.result.loss).toBeCloseTo(losses.slice(-32).reduce((sum, loss) => sum + loss, 0) / 32, 6)
  expect(outcome.result.millisPerStep).toBeGreaterThan(0)
})

test('trials come one after the other, and one that cannot be run says why without holding up the next', async () => {
  const { host, until, all } = openHost()
  host.handle(start('1', {}, { playing: false }))
  const misfit = setWidth(SPEC, 1, 7)
  host.handle({ kind: 'tryOut', trial: 'bad', spec: misfit })
  host.handle({ kind: 'tryOut', trial: 'good', spec: SPEC })
  await until('trialEnded', ({ trial }) => trial === 'good')
  expect(all('trialEnded').map(({ trial, outcome }) => [trial, outcome.ok])).toEqual([
    ['bad', false],
    ['good', true],
  ])
  expect(all('trialProgress').every(({ trial }) => trial === 'good')).toBe(true)
})

test('a trial that diverges says where', async () => {
  const { host, until } = openHost()
  const spec = parseSpecOrThrow({
    ...TINY,
    layers: [{ units: 5, activation: 'relu' }, { units: 2 }],
    optimizer: { kind: 'sgd', learningRate: 1e6 },
    loss: { kind: 'meanSquaredError' },
    training: { batchSize: 8, steps: 4000 },
  })
  host.handle({ kind: 'tryOut', trial: 'a', spec })
  const { outcome } = await until('trialEnded')
  expect(outcome.ok || outcome.message).toMatch(/^Step \d+ gave NaN or infinity/)
})

test('cancelled trials are never heard of again', async () => {
  const { host, until, all } = openHost()
  const long = parseSpecOrThrow({ ...TINY, training: { batchSize: 8, steps: 1_000_000 } })
  host.handle({ kind: 'tryOut', trial: 'running', spec: long })
  host.handle({ kind: 'tryOut', trial: 'waiting', spec: long })
  host.handle({ kind: 'tryOut', trial: 'last', spec: SPEC })
  await until('trialProgress')
  host.handle({ kind: 'cancelTrial', trial: 'waiting' })
  host.handle({ kind: 'cancelTrial', trial: 'running' })
  await until('trialEnded')
  expect(all('trialEnded').map(({ trial }) => trial)).toEqual(['last'])
})

test('a race that takes all of the engine comes first', async () => {
  const { host, until, all } = openHost()
  host.handle(start('1', { training: { batchSize: 8, steps: 1_000_000 } }))
  await until('frame', ({ frame }) => frame.step > 0)
  host.handle({ kind: 'tryOut', trial: 'a', spec: SPEC })
  await until('frame', ({ frame }) => frame.step > 2_000)
  expect(all('trialEnded')).toEqual([])
  host.handle({ kind: 'pause' })
  await until('trialEnded')
  await vi.waitFor(() => expect(all('stopped').map(({ reason }) => reason.kind)).toEqual(['paused']))
})
