import { describe, expect, test, vi } from 'vitest'
import { createDataset } from '../data/createDataset'
import { setWidth } from '../experiment/edits'
import { parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentDocument } from '../experiment/spec'
import { openHost, start, TINY } from './hostTesting'
import type { Request } from './protocol'

// Only watched: it does what it does.
vi.mock(import('../data/createDataset'), { spy: true })

/** Goes on until it is paused. */
const LONG: ExperimentDocument = { training: { batchSize: 8, steps: 1_000_000 } }

/** A start that only the host finds out cannot be run: its output does not fit the data. */
function misfit(run: string): Request {
  const spec = parseSpecOrThrow(TINY)
  return start(run, {}, { spec: setWidth(spec, 1, 7) })
}

describe('TrainingHost', () => {
  test('trains a run to its end: engine, data, every step, every column, then the reason it stopped', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1'))
    expect((await until('ready')).engine.engine).toBe('reference')
    const { started } = await until('started')
    expect(started.outputs.map(({ name, width }) => [name, width])).toEqual([
      ['hidden 1', 5],
      ['output', 2],
    ])
    expect(started.data.trainingCount + started.data.heldOutCount).toBe(60)
    expect(started.plane?.training.positions.length).toBe(2 * started.data.trainingCount)
    expect(await until('stopped')).toMatchObject({ run: '1', step: 40, reason: { kind: 'finished' } })
    const frames = all('frame').map(({ frame }) => frame)
    const steps = frames.flatMap(({ losses }) => [...losses.loss.keys()].map((index) => losses.firstStep + index))
    expect(steps).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
    expect(frames.flatMap(({ columns }) => columns.map(({ step }) => step))).toEqual([0, 10, 20, 30, 40])
    expect(frames.at(-1)!.epoch).toBeCloseTo((40 * 8) / started.data.trainingCount)
  })

  test('draws the surface of the final weights', async () => {
    const { host, until } = openHost()
    host.handle(start('1'))
    const { surface } = await until('surface', ({ surface: { step } }) => step === 40)
    expect(surface.outputs).toBe(2)
    for (let cell = 0; cell < surface.values.length; cell += 2) {
      expect(surface.values[cell]! + surface.values[cell + 1]!).toBeCloseTo(1, 5)
    }
  })

  test('shows what an autoencoder of images makes of the same held-out samples, in the units of the data', async () => {
    const { host, until } = openHost()
    const data = { kind: 'digits', size: 8, samples: 60, noise: 0 } as const
    host.handle(start('1', { data, loss: { kind: 'reconstruction' }, layers: [{ units: 9, activation: 'tanh' }, {}] }))
    const { started } = await until('started')
    const { rows, inputs, part } = started.pictures!
    expect([rows.length, inputs.length, part]).toEqual([8, 8 * 64, 'held-out'])
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(started.data.trainingCount)
    // Strokes on empty paper.
    expect(Math.min(...inputs)).toBeCloseTo(0, 6)
    expect(Math.max(...inputs)).toBeLessThanOrEqual(1)
    const { reconstruction } = await until('reconstruction', ({ reconstruction: { step } }) => step === 40)
    // The errors are those of the loss, of standardised values: pixels are off by as much times their deviation.
    const squares = inputs.map((pixel, at) => (pixel - reconstruction.values[at]!) ** 2)
    const inPixels = rows.map((_, place) => squares.subarray(place * 64, (place + 1) * 64).reduce((a, b) => a + b) / 64)
    const factors = inPixels.map((error, place) => reconstruction.errors[place]! / error)
    for (const factor of factors) expect(factor / factors[0]!).toBeCloseTo(1, 4)
    expect(factors[0]).toBeGreaterThan(2)
  })

  test('an autoencoder of points has neither a surface nor pictures', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', { loss: { kind: 'reconstruction' } }))
    const { started } = await until('started')
    expect([started.plane, started.pictures]).toEqual([undefined, undefined])
    await until('stopped')
    expect([...all('surface'), ...all('reconstruction')]).toEqual([])
  })

  test('a spec that does not fit is refused by field, and the running experiment goes on', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', { training: { batchSize: 8, steps: 400 } }))
    await until('started')
    host.handle(misfit('2'))
    const refused = await until('refused')
    expect(refused).toMatchObject({ run: '2', fields: [{ path: 'layers.1.units' }] })
    expect(await until('stopped')).toMatchObject({ run: '1', reason: { kind: 'finished' } })
    expect(all('started')).toHaveLength(1)
  })

  test('a network that does not fit is refused before its data are generated', async () => {
    const { host, until } = openHost()
    vi.mocked(createDataset).mockClear()
    host.handle(misfit('1'))
    await until('refused')
    expect(createDataset).not.toHaveBeenCalled()
  })

  test('a start that was overtaken is not refused any more', async () => {
    const { host, until, all } = openHost()
    host.handle(misfit('1'))
    host.handle(start('2'))
    await until('stopped')
    expect(all('started').map(({ run }) => run)).toEqual(['2'])
    expect(all('refused')).toEqual([])
  })

  test('the last of several quick starts is the one that runs', async () => {
    const { host, until, all } = openHost()
    for (const run of ['1', '2', '3']) host.handle(start(run))
    await until('stopped')
    expect(all('started').map(({ run }) => run)).toEqual(['3'])
    expect(new Set(all('frame').map(({ frame }) => frame.run))).toEqual(new Set(['3']))
  })

  test('a pause that comes while a run is being prepared holds', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1'))
    host.handle({ kind: 'pause' })
    await until('started')
    host.handle({ kind: 'step' })
    expect(await until('stopped')).toMatchObject({ step: 1, reason: { kind: 'paused' } })
    expect(all('frame').flatMap(({ frame }) => frame.columns.map(({ step }) => step))).toEqual([1])
    host.handle({ kind: 'play' })
    await until('stopped', ({ reason }) => reason.kind === 'finished')
  })

  test('continues when more steps are planned', async () => {
    const { host, until } = openHost()
    host.handle(start('1'))
    await until('stopped')
    host.handle({ kind: 'extend', steps: 70 })
    expect(await until('stopped', ({ step }) => step === 70)).toMatchObject({ reason: { kind: 'finished' } })
  })

  test('a change is answered with the step before the first update made with it', async () => {
    const settings = { learningRate: 0.5 }
    const changing = openHost()
    changing.host.handle(start('1', LONG))
    await changing.until('frame', ({ frame: { step } }) => step > 0)
    changing.host.handle({ kind: 'change', run: '1', settings })
    const changed = await changing.until('changed')
    expect(changed).toMatchObject({ run: '1', settings })
    const losses = await changing.lossesUntil(changed.step + 3)

    const unchanging = openHost()
    unchanging.host.handle(start('1', LONG))
    const otherwise = await unchanging.lossesUntil(changed.step + 3)
    // A loss is taken before its update: the one after the first update with the new rate is the first to differ.
    const differing = losses.findIndex((loss, index) => loss !== otherwise[index])
    expect(differing + 1).toBe(changed.step + 2)
  })

  test('feature maps sampled otherwise begin columns of another width, of weights at rest, too, and change no loss', async () => {
    const { host, until, all } = openHost()
    const images: ExperimentDocument = {
      data: { kind: 'digits', size: 8, samples: 60 },
      layers: [
        { kind: 'conv', channels: 3, stride: 2 },
        { kind: 'dense', units: 10 },
      ],
      loss: { kind: 'crossEntropy' },
    }
    host.handle(start('1', images))
    await until('stopped')
    const before = all('frame').flatMap(({ frame }) => frame.columns)
    expect(before.every(({ spectra }) => spectra[0]!.eigenvalues.length === 3)).toBe(true)
    host.handle({ kind: 'change', run: '1', settings: { sampling: 'flatten' } })
    const changed = await until('changed')
    expect(changed).toMatchObject({ step: 40, settings: { sampling: 'flatten' } })
    expect(changed.measured!.outputs.map(({ width }) => width)).toEqual([3 * 16, 10])
    const { frame } = await until(
      'frame',
      ({ frame: { columns } }) => columns[0]?.spectra[0]!.eigenvalues.length === 48,
    )
    expect(frame).toMatchObject({ step: 40, playing: false })
    expect(frame.columns.map(({ step }) => step)).toEqual([40])
    expect(all('frame').flatMap(({ frame: { losses } }) => [...losses.loss])).toHaveLength(40)
    host.handle({ kind: 'change', run: '1', settings: { sampling: 'flatten' } })
    host.handle({ kind: 'change', run: '1', settings: { sampling: 'mean' } })
    await until('changed', ({ settings: { sampling } }) => sampling === 'mean')
    expect(all('changed')).toHaveLength(2)
  })

  test('a change that is meant for another run is not applied', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1'))
    host.handle(start('2', {}, { playing: false }))
    await until('started')
    for (const run of ['1', '2']) host.handle({ kind: 'change', run, settings: { learningRate: 0.5 } })
    expect(all('changed').map(({ run }) => run)).toEqual(['2'])
  })

  test('names step and place where training diverges', async () => {
    const { host, until } = openHost()
    const optimizer = { kind: 'sgd', learningRate: 1e6 } as const
    const layers = [{ units: 5, activation: 'relu' }, { units: 2 }] as const
    host.handle(
      start('1', { layers, optimizer, loss: { kind: 'meanSquaredError' }, training: { batchSize: 8, steps: 4000 } }),
    )
    const { reason } = await until('stopped')
    if (reason.kind !== 'non-finite') throw new Error(`stopped with ${reason.kind}`)
    expect(reason.fault.step).toBeGreaterThan(0)
    expect(reason.fault.where).toMatch(/hidden|output|loss|gradient/)
  })

  test('reads a table beside the run, then trains on it', async () => {
    const { host, until } = openHost()
    const rows = Array.from({ length: 40 }, (_, index) => `${index % 7},${index % 5},${index % 2 ? 'odd' : 'even'}`)
    const file = new File([['a,b,parity', ...rows].join('\n')], 'parity.csv')
    host.handle({ kind: 'readFiles', fileData: 1, files: [file], seed: 1 })
    const { summary } = await until('filesRead')
    expect(summary.data).toMatchObject({ kind: 'csv', task: 'classification' })
    expect(summary.columns?.map(({ name }) => name)).toEqual(['a', 'b', 'parity'])
    host.handle(start('1', { data: summary.data }, { fileData: 1 }))
    expect((await until('started')).started.data.task).toMatchObject({ classNames: ['even', 'odd'] })
    await until('stopped')
  })

  test('says what is wrong with files, and which experiment lacks them', async () => {
    const { host, until } = openHost()
    host.handle({ kind: 'readFiles', fileData: 1, files: [new File(['a,b,c\n1,2,p\nx,3,q\n'], 'bad.csv')], seed: 1 })
    expect((await until('filesRefused')).message).toContain('bad.csv')
    host.handle(start('1', { data: { kind: 'csv' } }))
    expect((await until('refused')).fields[0]?.message).toContain('table')
  })

  test('without a GPU it runs the smaller experiment that came along', async () => {
    const { host, until } = openHost()
    const smaller = parseSpecOrThrow({ ...TINY, name: 'smaller' })
    host.handle(start('1', { name: 'larger' }, { withoutGpu: smaller }))
    expect((await until('started')).started.spec.name).toBe('smaller')
  })
})
