import { describe, expect, test, vi } from 'vitest'
import type { ExperimentDocument } from '../experiment/spec'
import { openHost, start } from './hostTesting'
import type { Letter } from './protocol'

/** Goes on until it is paused. */
const LONG: ExperimentDocument = { training: { batchSize: 8, steps: 1_000_000 } }

describe('runs side by side in the worker', () => {
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

  test('a run that breaks off beside another stays stopped while that one goes on', async () => {
    const { host, until, all } = openHost()
    const optimizer = { kind: 'sgd', learningRate: 1e6 } as const
    host.handle(start('1', LONG, { race: 1 }))
    host.handle(start('2', { ...LONG, optimizer, loss: { kind: 'meanSquaredError' } }, { letter: 'B', race: 1 }))
    expect((await until('stopped', ({ run }) => run === '2')).reason.kind).toBe('non-finite')
    const told = all('frame').length
    const newFramesOf = (run: string) =>
      all('frame')
        .slice(told)
        .filter(({ frame }) => frame.run === run)
    await until('frame', () => newFramesOf('1').length > 1 && newFramesOf('2').length > 1)
    expect(newFramesOf('1').every(({ frame }) => frame.playing)).toBe(true)
    expect(newFramesOf('2').some(({ frame }) => frame.playing)).toBe(false)
    host.handle({ kind: 'pause' })
    await until('stopped', ({ run }) => run === '1')
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

  test('a run may go on with the weights another one had, from the same batches', async () => {
    const { host, until, all } = openHost()
    const sgd = { optimizer: { kind: 'sgd', learningRate: 0.1 } } as const
    host.handle(start('1', sgd, { race: 1 }))
    await until('stopped')
    host.handle(start('2', sgd, { letter: 'B', race: 1, from: { run: '1', step: 25 } }))
    const { started } = await until('started', ({ run }) => run === '2')
    expect(started.startStep).toBe(20)
    await until('stopped', ({ run }) => run === '2')
    const lossesOf = (run: string) =>
      all('frame').flatMap(({ frame }) => (frame.run === run ? [...frame.losses.loss] : []))
    const [first, second] = [lossesOf('1'), lossesOf('2')]
    expect(second).toHaveLength(20)
    second.forEach((loss, index) => expect(loss).toBeCloseTo(first[20 + index]!, 5))
    expect(all('frame').find(({ frame }) => frame.run === '2')?.frame.losses.firstStep).toBe(21)
  })

  test('a run that wants the weights of one that is gone is refused', async () => {
    const { host, until } = openHost()
    host.handle(start('1', {}, { from: { run: '7', step: 25 } }))
    expect((await until('refused')).message).toContain('is gone')
  })

  test('the surface goes back to a step whose weights were kept, and comes back', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1'))
    await until('stopped')
    await until('surface', ({ surface: { step } }) => step === 40)
    host.handle({ kind: 'lookBack', step: 17 })
    await until('surface', ({ surface: { step } }) => step === 10)
    host.handle({ kind: 'lookBack', step: undefined })
    const count = all('surface').length
    await vi.waitFor(() => expect(all('surface').length).toBeGreaterThan(count))
    expect(all('surface').at(-1)!.surface.step).toBe(40)
  })
})
