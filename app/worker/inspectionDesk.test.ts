import { afterEach, describe, expect, test } from 'vitest'
import type { ExperimentDocument } from '../experiment/spec'
import { openHost as openAnyHost, start } from './hostTesting'
import type { Drawing, InspectedSample, InspectRequest } from './inspected'

const DIGITS: ExperimentDocument = {
  data: { kind: 'digits', size: 10, samples: 600, noise: 0.1 },
  layers: [{ units: 40, activation: 'relu' }, {}],
  optimizer: { kind: 'adam', learningRate: 0.01 },
  training: { batchSize: 20, steps: 240 },
}
const LONG: ExperimentDocument = { ...DIGITS, training: { batchSize: 4, steps: 1_000_000 } }

let end = (): void => {}
afterEach(() => end())

/** A host whose desk stops looking after the test. */
function openHost() {
  const opened = openAnyHost()
  end = () => {
    opened.host.handle({ kind: 'pause' })
    opened.host.handle({ kind: 'endInspection' })
  }
  return opened
}

function inspect(sample: InspectedSample, more: Partial<InspectRequest> = {}): InspectRequest {
  return { kind: 'inspect', run: '1', sample, filtersOf: undefined, step: undefined, ...more }
}

const heldOut = (index: number): InspectedSample => ({ kind: 'heldOut', index })
const drawn = (...strokes: Drawing['strokes']): Drawing => ({ kind: 'drawn', strokes, ink: [1, 1, 1] })
const pause = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

/** A ring of points. */
const RING = Array.from({ length: 25 }, (_, point) => [
  0.5 + 0.2 * Math.sin((point * Math.PI) / 12),
  0.5 - 0.35 * Math.cos((point * Math.PI) / 12),
]).flat()
const HAND: readonly (readonly [digit: number, strokes: Drawing['strokes']])[] = [
  [0, [RING]],
  [1, [[0.55, 0.15, 0.5, 0.85]]],
  [7, [[0.3, 0.2, 0.72, 0.2, 0.48, 0.85]]],
]

describe('a sample in a network on screen', () => {
  test('is told with the data’s own picture, what the network says and its layers, and the samples beside it', async () => {
    const { host, until } = openHost()
    host.handle(start('1', DIGITS, { playing: false }))
    const { started } = await until('started')
    host.handle(inspect(heldOut(13), { filtersOf: 'hidden 1' }))
    const { inspected } = await until('inspected')
    expect(inspected).toMatchObject({ run: '1', step: 0, part: 'heldOut', index: 13, shape: started.data.shape })
    // Classes come in turn, and 120 samples are held out.
    expect(inspected.label).toBe(3)
    expect(inspected.range[0]).toBeCloseTo(0, 5)
    expect(Math.min(...inspected.input)).toBeGreaterThan(-1e-5)
    expect(inspected.answer.kind).toBe('probabilities')
    expect(inspected.answer.values.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
    expect(inspected.layers.map(({ name }) => name)).toEqual(['hidden 1', 'output'])
    expect(inspected.filters).toMatchObject({ layer: 'hidden 1', height: 10, width: 10, inputs: 1, outputs: 40 })
    const { page } = await until('samplePage')
    expect(page).toMatchObject({ part: 'heldOut', first: 12, count: 12, total: 120 })
    expect([...page.targets]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3])
    expect([...page.inputs.subarray(100, 200)]).toEqual([...inspected.input])
  })

  test('is shown anew as the weights move, no more than a few times a second, and rests when they rest', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', LONG))
    await until('frame', ({ frame }) => frame.step > 0)
    host.handle(inspect(heldOut(0)))
    const first = await until('inspected')
    const since = performance.now()
    await until('inspected', ({ inspected }) => inspected.step > first.inspected.step)
    await pause(600)
    const seconds = (performance.now() - since) / 1000
    expect(all('inspected').length).toBeLessThanOrEqual(2 + 4 * seconds)
    host.handle({ kind: 'pause' })
    const { step } = await until('stopped')
    await until('inspected', ({ inspected }) => inspected.step === step)
    const resting = all('inspected').length
    await pause(600)
    expect(all('inspected')).toHaveLength(resting)
    host.handle({ kind: 'step' })
    await until('inspected', ({ inspected }) => inspected.step === step + 1)
    expect(all('inspected')).toHaveLength(resting + 1)
    host.handle({ kind: 'endInspection' })
    host.handle({ kind: 'play' })
    await until('frame', ({ frame }) => frame.step > step + 1)
    await pause(400)
    expect(all('inspected')).toHaveLength(resting + 1)
  })

  test('goes back to the weights of a kept step', async () => {
    const { host, until } = openHost()
    const training = { batchSize: 20, steps: 60 }
    host.handle(start('1', { ...DIGITS, training, monitor: { cadence: 20, samples: 60 } }))
    await until('stopped')
    host.handle(inspect(heldOut(0), { step: 50 }))
    const { inspected } = await until('inspected')
    expect(inspected.step).toBe(40)
    host.handle(inspect(heldOut(0)))
    await until('inspected', (report) => report.inspected.step === 60)
  })

  test('is a training sample where nothing is held out, and of values what is aimed at', async () => {
    const { host, until } = openHost()
    const layers = [{ units: 5 }, { units: 1 }]
    const loss = { kind: 'meanSquaredError' } as const
    host.handle(start('1', { data: { kind: 'plane', samples: 60, heldOut: 0 }, layers, loss }, { playing: false }))
    await until('started')
    // There is nothing to draw on.
    host.handle(inspect(drawn([0.5, 0.5])))
    const { inspected } = await until('inspected')
    expect(inspected).toMatchObject({ part: 'training', index: 0, answer: { kind: 'values' } })
    expect(inspected.answer.values).toHaveLength(1)
    expect(inspected.answer.aim).toHaveLength(1)
    expect((await until('samplePage')).page.inputs).toHaveLength(0)
  })

  test('has scores by class where the loss is one of values', async () => {
    const { host, until } = openHost()
    host.handle(start('1', { ...DIGITS, loss: { kind: 'meanSquaredError' } }, { playing: false }))
    await until('started')
    host.handle(inspect(heldOut(0)))
    const { answer, layers } = (await until('inspected')).inspected
    expect(answer).toEqual({ kind: 'scores', values: layers.at(-1)!.values })
  })

  test('comes out of an autoencoder as a picture, or as values beside those that went in', async () => {
    const { host, until } = openHost()
    const loss = { kind: 'reconstruction' } as const
    const layers = [{ units: 3 }, { units: 100 }]
    host.handle(start('1', { ...DIGITS, layers, loss }, { playing: false }))
    await until('started', ({ run }) => run === '1')
    host.handle(inspect(heldOut(4)))
    const { inspected } = await until('inspected')
    expect(inspected).toMatchObject({ label: 4, answer: { kind: 'picture' } })
    expect(inspected.answer.values).toHaveLength(100)
    // Untrained it is about what is usual, in the data's own range.
    expect(Math.max(...inspected.answer.values.map(Math.abs))).toBeLessThan(1.5)

    host.handle(start('2', { data: { kind: 'xor', samples: 60 }, layers: [{ units: 1 }, { units: 2 }], loss }))
    await until('started', ({ run }) => run === '2')
    host.handle(inspect(heldOut(4), { run: '2' }))
    const { input, answer } = (await until('inspected', (report) => report.inspected.run === '2')).inspected
    expect(answer).toMatchObject({ kind: 'values', aim: input })
  })

  test('that was drawn by hand is recognised by a network trained on digits', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', DIGITS))
    await until('stopped')
    for (const [digit, strokes] of HAND) {
      const corner = strokes.map((stroke) => stroke.map((value) => value * 0.5 + 0.45))
      for (const sample of [drawn(...strokes), drawn(...corner)]) {
        const before = all('inspected').length
        host.handle(inspect(sample))
        const { inspected } = await until('inspected', (report) => all('inspected').indexOf(report) >= before)
        expect(inspected).toMatchObject({ part: 'drawing', index: undefined, label: undefined })
        const { values } = inspected.answer
        expect(values.indexOf(Math.max(...values)), `a drawn ${digit}`).toBe(digit)
      }
    }
  })

  test('is silent about a run that is gone', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', DIGITS, { playing: false }))
    await until('started')
    host.handle(inspect(heldOut(0), { run: 'gone' }))
    host.handle(inspect(heldOut(0)))
    expect((await until('inspected')).inspected.run).toBe('1')
    host.handle({ kind: 'remove', letter: 'A' })
    await pause(300)
    expect(all('inspectionFailed')).toEqual([])
  })
})
