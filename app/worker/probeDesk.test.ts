import { describe, expect, test } from 'vitest'
import { openHost, start } from './hostTesting'

const LONG = { training: { batchSize: 8, steps: 1_000_000 } }

describe('linear probes of a run on screen', () => {
  test('are told with their step, with progress before, while training goes on', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', LONG))
    await until('frame', ({ frame }) => frame.step > 0)
    host.handle({ kind: 'measureProbes', run: '1' })
    const { run, outcome } = await until('probesEnded')
    expect(run).toBe('1')
    expect(outcome).toMatchObject({ kind: 'measured', probes: { trainingSamples: 48, heldOutSamples: 12 } })
    if (outcome.kind !== 'measured') throw new Error('nothing was measured')
    const { step, accuracy } = outcome.probes
    expect(accuracy).toHaveLength(2)
    expect(all('probesProgress').length).toBeGreaterThan(0)
    // Probed at one step while further ones were made.
    await until('frame', ({ frame }) => frame.step > step)
    expect(all('stopped')).toEqual([])
    host.handle({ kind: 'pause' })
  })

  test('are measured once however often they are asked for meanwhile, and anew afterwards', async () => {
    const { host, until, all } = openHost()
    host.handle(start('1', {}, { playing: false }))
    await until('started')
    for (let again = 0; again < 3; again++) host.handle({ kind: 'measureProbes', run: '1' })
    await until('probesEnded')
    expect(all('probesEnded')).toHaveLength(1)
    await new Promise((resolve) => setTimeout(resolve, 0))
    host.handle({ kind: 'measureProbes', run: '1' })
    await until('probesEnded', (report) => report !== all('probesEnded')[0])
    expect(all('probesEnded')[1]!.outcome).toEqual(all('probesEnded')[0]!.outcome)
  })

  test('are broken off when they are cancelled, and when their run ends', async () => {
    const { host, until } = openHost()
    host.handle(start('1', LONG))
    await until('started')
    host.handle({ kind: 'measureProbes', run: '1' })
    host.handle({ kind: 'cancelProbes', run: '1' })
    expect((await until('probesEnded')).outcome).toEqual({ kind: 'cancelled' })
    host.handle(start('2', LONG))
    await until('started', ({ run }) => run === '2')
    host.handle({ kind: 'measureProbes', run: '2' })
    host.handle({ kind: 'remove', letter: 'A' })
    const ended = await until('probesEnded', ({ run }) => run === '2')
    expect(ended.outcome).toEqual({ kind: 'cancelled' })
  })

  test('that cannot be had say why', async () => {
    const { host, until } = openHost()
    host.handle(
      start('1', {
        data: { kind: 'plane', samples: 60 },
        layers: [{ units: 5 }, { units: 1 }],
        loss: { kind: 'meanSquaredError' },
      }),
    )
    await until('started')
    host.handle({ kind: 'measureProbes', run: '1' })
    const { outcome } = await until('probesEnded')
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('none') as string })
    host.handle({ kind: 'pause' })
  })
})
