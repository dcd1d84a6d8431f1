import { describe, expect, test } from 'vitest'
import { layerNames, layerWidth } from '../experiment/layerNames'
import { layerAt } from '../experiment/layerPlace'
import { parseSpec } from '../experiment/schema'
import type { ExperimentDocument } from '../experiment/spec'
import { findInsights } from './insights'
import { syntheticRun, type SyntheticRun } from './testing/syntheticRun'

type Layers = NonNullable<ExperimentDocument['layers']>

const conv = (channels: number, more: object = {}) => ({ kind: 'conv', channels, ...more }) as const
const pool = { kind: 'maxPool' } as const

function onImages(...layers: Layers): ExperimentDocument {
  return { data: { kind: 'digits' }, layers: [...layers, {}] }
}

function only(run: SyntheticRun) {
  const found = findInsights(syntheticRun(run))
  expect(found).toHaveLength(1)
  if (found[0]?.change) expect(parseSpec(found[0].change.spec)).toMatchObject({ ok: true })
  return found[0]!
}

describe('a tail of convolutions', () => {
  const tail = { directions: () => [9, 30, 30, 4, 4, 10] }

  test('goes, and the pools between stay', () => {
    const document = onImages(conv(16), conv(32), pool, conv(32), conv(32), pool, conv(32))
    const { rule, outputs, change, sentence } = only({ document, ...tail })
    expect([rule, outputs]).toEqual(['tail', [3, 4]])
    expect(sentence).toMatch(/: try without conv 4 and conv 5\.$/)
    expect(change && layerNames(change.spec.layers)).toEqual([
      'conv 1',
      'conv 2',
      'max pool 1',
      'conv 3',
      'max pool 2',
      'output',
    ])
  })

  test('that begins where the receptive field outgrows the image is named as predicted', () => {
    // 7, 13 and 19 pixels of 14: the input of conv 4 is the first that sees more than there is.
    const layers = [conv(16, { kernel: 7 }), conv(32, { kernel: 7 }), conv(32, { kernel: 7 })]
    const document = onImages(...layers, conv(32), conv(32))
    const { sentence, confidence, source } = only({ document, directions: () => [9, 30, 30, 12, 12, 10] })
    expect(sentence).toContain('and their receptive fields exceed the image: try without conv 4 and conv 5.')
    expect(confidence).toEqual({
      level: 'high',
      reason: 'It begins at conv 4, the border layer, as predicted before training.',
    })
    expect(source).toContain('Should You Go Deeper?')
    // One that begins elsewhere has another cause.
    const later = only({ document, directions: () => [9, 30, 12, 12, 12, 10] })
    expect(later.sentence).not.toContain('receptive fields')
    expect(later.confidence.level).toBe('medium')
  })

  test('goes as blocks, where all that they hold is in it', () => {
    const block = { kind: 'residual', layers: [conv(32), conv(32)] } as const
    const document = onImages(conv(32), block, block, { kind: 'globalAveragePool' })
    const { outputs, change } = only({ document, directions: () => [9, 30, 4, 4, 4, 10] })
    expect(outputs).toEqual([2, 3, 4])
    expect(change?.label).toBe('without block 2')
    expect(change && layerNames(change.spec.layers)).toEqual(['conv 1', 'block 1', 'global pool 1', 'output'])
  })

  test('has no change to try where what is left would not fit together', () => {
    const document = onImages(conv(32), conv(30), conv(60), conv(60, { groups: 5 }), { units: 60 }, { units: 60 })
    const run = { document, directions: () => [9, 28, 5, 5, 50, 50, 10] }
    // The wide dense layers behind are no tail.
    expect(findInsights(syntheticRun(run)).filter(({ rule }) => rule === 'tail')).toEqual([])
    const grouped = onImages(conv(32), conv(60), conv(60), conv(60, { groups: 5 }), conv(60, { groups: 6 }))
    const { rule, change } = only({ document: grouped, directions: () => [9, 8, 50, 5, 5, 10] })
    expect([rule, change?.label]).toEqual(['tail', 'without conv 4 and conv 5'])
    const depthwise = onImages(
      conv(60),
      conv(40),
      conv(40, { groups: 8 }),
      conv(60),
      conv(60, { groups: 'depthwise' }),
      {
        units: 60,
      },
    )
    const stuck = only({ document: depthwise, directions: () => [9, 39, 39, 5, 5, 5, 10] })
    expect(stuck.change?.label).toBe('without conv 4, conv 5 and hidden 1')
  })
})

describe('a convolution', () => {
  test('that is idle is tried with fewer channels', () => {
    const { rule, change, sentence } = only({
      document: onImages(conv(16), conv(64)),
      directions: () => [8, 6, 10],
    })
    expect(rule).toBe('idle')
    expect(sentence).toBe('Conv 2 uses 6 of 64 directions: try a width of 12.')
    expect(change?.label).toBe('conv 2 with 12 channels')
    expect(change && layerWidth(change.spec.layers[1]!)).toBe(12)
  })

  test('that sees few numbers is busy with few directions', () => {
    // A 3×3 window of one channel has nine.
    const run = { document: onImages(conv(64), { units: 16 }), directions: () => [6, 8, 10] }
    expect(findInsights(syntheticRun(run))).toEqual([])
  })

  test('of a block that is full is tried with more', () => {
    const block = { kind: 'residual', layers: [conv(3), conv(16)] } as const
    const document = onImages(conv(16), block, { kind: 'globalAveragePool' })
    const { rule, change } = only({ document, directions: () => [8, 3, 8, 10], accuracy: () => 0.6 })
    expect(rule).toBe('full')
    expect(change?.label).toBe('block 1 conv 1 with 12 channels')
    expect(change && layerAt(change.spec.layers, [1, 0])).toMatchObject({ channels: 12 })
  })

  test('that is full hides the tail behind it only where no layer behind gets more from several places', () => {
    const document = onImages(conv(8), conv(8), conv(32), conv(32), conv(32))
    const found = (...behind: readonly number[]) =>
      findInsights(syntheticRun({ document, directions: () => [6, 8, ...behind, 10], accuracy: () => 0.6 }))
    expect(found(12, 8, 8).map(({ rule }) => rule)).toEqual(['full'])
    expect(found(22, 8, 8).map(({ rule, outputs }) => [rule, outputs])).toEqual([
      ['full', [1]],
      ['tail', [3, 4]],
    ])
  })

  test('whose width others share has no other to try', () => {
    const document = onImages(conv(16), conv(64), conv(64, { groups: 'depthwise' }))
    const found = findInsights(syntheticRun({ document, directions: () => [8, 6, 32, 10] }))
    expect(found.map(({ rule, change }) => [rule, change])).toEqual([['idle', undefined]])
  })

  test('is dead where the only layer that reads it shows nothing, pools or not', () => {
    const document = onImages(conv(16), pool, conv(16))
    const variance = (step: number) => [1, step > 100 ? 0 : 1, step > 100 ? 0 : 1]
    const found = findInsights(syntheticRun({ document, directions: () => [8, 8, 8], variance }))
    expect(found).toMatchObject([{ rule: 'deadLayer', outputs: [0], change: { label: 'leaky ReLU in conv 1' } }])
  })

  test('is not taken for dead where a block’s input goes past it', () => {
    const block = { kind: 'residual', layers: [conv(16)] } as const
    const document = onImages(conv(16), block, conv(16))
    const variance = (step: number) => [1, 1, step > 100 ? 0 : 1, 1]
    const found = findInsights(syntheticRun({ document, directions: () => [8, 8, 8, 8], variance }))
    expect(found.map(({ outputs }) => outputs)).not.toContainEqual([1])
  })

  test('needs fewer images than a dense layer of its width, for each has many places', () => {
    const few = { samples: 300, directions: () => [32, 32, 9] }
    const labelOf = (layers: Layers) => {
      const document = { ...onImages(...layers), monitor: { source: 'train' } } as const
      return findInsights(syntheticRun({ document, ...few }))[0]?.change?.label
    }
    expect(labelOf([{ units: 64 }, { units: 64 }])).toBe('a probe of 640 samples')
    expect(labelOf([conv(64, { kernel: 7 }), conv(64)])).toBe('a probe of 10 samples')
  })
})

describe('feature maps that are taken whole', () => {
  const whole = (...layers: Layers): ExperimentDocument => ({
    ...onImages(...layers),
    monitor: { sampling: 'flatten' },
  })

  test('say nothing of how many channels would do', () => {
    // 14·14·64 features; as channels, six of them would be idle, and 12 a width to try.
    const idle = { document: whole(conv(16), conv(64)), directions: () => [8, 6, 10] }
    expect(findInsights(syntheticRun(idle))).toEqual([])
    const block = { kind: 'residual', layers: [conv(3), conv(16)] } as const
    const full = {
      document: whole(conv(16), block, { kind: 'globalAveragePool' }),
      directions: () => [600, 580, 600, 10],
      accuracy: () => 0.6,
    }
    expect(findInsights(syntheticRun(full)).map(({ rule }) => rule)).not.toContain('full')
  })

  test('have dead channels among their channels', () => {
    const document = whole(conv(10), conv(16))
    const run = { document, deadUnits: (step: number) => [step > 0 ? 6 : 0, 0], directions: () => [300, 300, 9] }
    const { rule, sentence } = only(run)
    expect([rule, sentence.split(':')[0]]).toEqual([
      'deadUnits',
      '6 of the 10 units of conv 1 give the same for every sample',
    ])
  })
})
