import { describe, expect, test, vi } from 'vitest'
import { createDataset } from '../data/createDataset'
import { parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentDocument } from '../experiment/spec'
import type { Letter, Report, Request } from './protocol'
import { TrainingHost } from './trainingHost'

// Only watched: it does what it does.
vi.mock(import('../data/createDataset'), { spy: true })

const TINY: ExperimentDocument = {
  data: { kind: 'xor', samples: 60 },
  layers: [{ units: 5, activation: 'tanh' }, { units: 2 }],
  training: { batchSize: 8, steps: 40 },
  monitor: { samples: 60, cadence: 10 },
}

/** Goes on until it is paused. */
const LONG: ExperimentDocument = { training: { batchSize: 8, steps: 1_000_000 } }

type ReportOf<Kind extends Report['kind']> = Extract<Report, { kind: Kind }>

/** A host on the float64 engine, and everything it says, in order. */
function openHost() {
  const reports: Report[] = []
  const waiting: (() => void)[] = []
  const host = new TrainingHost((report) => {
    // What crosses to the page must survive the crossing.
    reports.push(structuredClone(report))
    for (const wake of waiting.splice(0)) wake()
  })
  const until = async <Kind extends Report['kind']>(
    kind: Kind,
    matches: (report: ReportOf<Kind>) => boolean = () => true,
  ): Promise<ReportOf<Kind>> => {
    for (;;) {
      const found = reports.find(
        (report): report is ReportOf<Kind> => report.kind === kind && matches(report as ReportOf<Kind>),
      )
      if (found) return found
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  const all = <Kind extends Report['kind']>(kind: Kind) =>
    reports.filter((report): report is ReportOf<Kind> => report.kind === kind)
  /** The loss of every step, from the first to at least `step`; then the run pauses. */
  const lossesUntil = async (step: number): Promise<readonly number[]> => {
    await until('frame', ({ frame }) => frame.step >= step)
    host.handle({ kind: 'pause' })
    await until('stopped')
    return all('frame').flatMap(({ frame }) => [...frame.losses.loss])
  }
  return { host, reports, until, all, lossesUntil }
}

function start(
  run: string,
  document: ExperimentDocument = {},
  more: Partial<Extract<Request, { kind: 'start' }>> = {},
): Request {
  const spec = parseSpecOrThrow({ ...TINY, ...document })
  // Unless a test says otherwise, each start is a race of its own, as with a single run on the page.
  const place = { letter: 'A', race: Number(run) } as const
  return { kind: 'start', run, ...place, spec, engine: 'reference', pace: 'max', playing: true, ...more }
}

/** A start that only the host finds out cannot be run: its output does not fit the data. */
function misfit(run: string): Request {
  const spec = parseSpecOrThrow(TINY)
  return start(run, {}, { spec: { ...spec, layers: spec.layers.with(1, { ...spec.layers[1]!, units: 7 }) } })
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

  test('runs side by side make the same steps, and each is itself whatever runs beside it', async () => {
    const wider = { layers: [{ units: 9, activation: 'tanh' }, { units: 2 }] } as const
    const lossesOf = async (documents: readonly (readonly [Letter, ExperimentDocument])[]) => {
      const { host, until, all } = openHost()
      documents.forEach(([letter, document], index) =>
        host.handle(start(String(index + 1), document, { letter, race: 1 })),
      )
      for (const index of documents.keys()) await until('stopped', ({ run }) => run === String(index + 1))
      return documents.map((_, index) =>
        all('frame').flatMap(({ frame }) => (frame.run === String(index + 1) ? [...frame.losses.loss] : [])),
      )
    }
    const [alone] = await lossesOf([['A', {}]])
    const [first, second, same] = await lossesOf([
      ['A', {}],
      ['B', wider],
      ['C', {}],
    ])
    expect(alone).toHaveLength(40)
    expect(first).toEqual(alone)
    expect(same).toEqual(alone)
    expect(second).toHaveLength(40)
    expect(second).not.toEqual(alone)
  })

  test('a run that is removed or replaced leaves the others as they are', async () => {
    const { host, until, all } = openHost()
    const race = { race: 1, playing: false } as const
    host.handle(start('1', {}, { letter: 'A', ...race }))
    host.handle(start('2', {}, { letter: 'B', ...race }))
    await until('started', ({ run }) => run === '2')
    host.handle(start('3', {}, { letter: 'B', ...race }))
    await until('started', ({ run }) => run === '3')
    host.handle({ kind: 'remove', letter: 'A' })
    host.handle({ kind: 'play' })
    await until('stopped', ({ run }) => run === '3')
    expect(all('stopped').map(({ run, step }) => [run, step])).toEqual([['3', 40]])
  })

  test('a run that joins late comes to the step of the others and stops there with them', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', {}, { race: 1 }))
    await until('stopped')
    host.handle(start('2', {}, { letter: 'B', race: 1 }))
    expect(await until('stopped', ({ run }) => run === '2')).toMatchObject({ step: 40, reason: { kind: 'finished' } })
    const columns = (run: string) =>
      all('frame').flatMap(({ frame }) => (frame.run === run ? frame.columns.map(({ step }) => step) : []))
    expect(columns('2')).toEqual(columns('1'))
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
