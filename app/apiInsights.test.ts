import { describe, expect, test } from 'vitest'
import type { ExperimentDocument } from './api'
import { recordRun } from './apiTesting/recordRun'
import { upToColumn } from './apiTesting/recording'
import { parseSpec } from './experiment/schema'
import { findInsights } from './runs/insights'

// Short runs of small networks on the float64 engine, each designed to show one effect for real.

const COLUMNS = 45

function digits(samples: number): NonNullable<ExperimentDocument['data']> {
  return { kind: 'digits', size: 8, samples }
}

function hidden(activation: 'relu' | 'tanh', ...widths: readonly number[]): NonNullable<ExperimentDocument['layers']> {
  return [...widths.map((units) => ({ units, activation })), {}]
}

/** Few steps of small batches, measured on no more samples than needed. */
function training(steps: number, samples = 320): ExperimentDocument {
  return { training: { steps, batchSize: 32 }, monitor: { samples } }
}

const adam = (learningRate: number) => ({ kind: 'adam', learningRate }) as const

const healthy: readonly (readonly [string, ExperimentDocument])[] = [
  ['ReLU on digits', { data: digits(1000), layers: hidden('relu', 32, 16), optimizer: adam(0.003), ...training(300) }],
  ['tanh on digits', { data: digits(1000), layers: hidden('tanh', 32, 24), optimizer: adam(0.002), ...training(300) }],
  [
    'points in the plane',
    { data: { kind: 'circle' }, layers: hidden('tanh', 8, 8), optimizer: adam(0.01), ...training(600, 100) },
  ],
  [
    'a narrow one that is wide enough',
    { data: digits(1000), layers: hidden('relu', 16, 10), optimizer: adam(0.005), ...training(500) },
  ],
  ['values', { data: { kind: 'hills' }, layers: hidden('tanh', 16, 16), optimizer: adam(0.01), ...training(500, 200) }],
]

interface Designed {
  readonly shows: string
  readonly document: ExperimentDocument
  readonly rule: string
  readonly outputs: readonly number[]
  readonly sentence: RegExp
}

const designed: readonly Designed[] = [
  {
    shows: 'a learning rate of 10 on tanh',
    document: { data: { kind: 'moons' }, layers: hidden('tanh', 16, 16), optimizer: adam(10), ...training(300, 200) },
    rule: 'learningRateTooHigh',
    outputs: [],
    sentence: /^The loss jumped .* no better than guessing.*: try learning rate 0\.001\.$/,
  },
  {
    shows: 'steps that grow with their speed',
    document: {
      data: digits(800),
      layers: hidden('relu', 32, 32),
      optimizer: { kind: 'momentum', learningRate: 0.3 },
      ...training(400),
    },
    rule: 'learningRateTooHigh',
    outputs: [],
    sentence: /^The first layer’s values have blown up .*: try learning rate 0\.1\.$/,
  },
  {
    shows: 'a learning rate of a millionth',
    document: { data: digits(800), layers: hidden('relu', 32, 16), optimizer: adam(1e-6), ...training(200) },
    rule: 'learningRateTooLow',
    outputs: [],
    sentence: /^After 200 steps the loss has .*: try learning rate 0\.001\.$/,
  },
  {
    shows: 'a weight decay that pulls everything to zero',
    document: {
      data: digits(800),
      layers: hidden('relu', 32, 24),
      initialisation: 'he',
      optimizer: { kind: 'sgd', learningRate: 0.1, weightDecay: 0.2 },
      ...training(500),
    },
    rule: 'collapsing',
    outputs: [0],
    sentence:
      /effective rank of hidden 1 fell from .* to .* while the training loss rose: try a tenth of the weight decay/,
  },
  {
    shows: 'a penalty that leaves nothing',
    document: {
      data: digits(800),
      layers: hidden('relu', 32, 24),
      optimizer: adam(0.002),
      training: { steps: 400, batchSize: 32, l1: 0.02 },
      monitor: { samples: 320 },
    },
    rule: 'collapsing',
    outputs: [0],
    sentence: /variance of hidden 1 has shrunk .*: try a tenth of the L1 penalty/,
  },
  {
    shows: 'three units that are all negative from the start',
    document: { data: digits(600), seed: 3, layers: hidden('relu', 16, 4, 3, 3, 16), ...training(200, 160) },
    rule: 'deadLayer',
    outputs: [2],
    sentence: /^Hidden 3 gives the same for every sample.*: try leaky ReLU in hidden 3\.$/,
  },
  {
    shows: 'labels that are all random',
    document: {
      data: { kind: 'digits', size: 8, samples: 320, labelNoise: 1 },
      layers: hidden('relu', 32, 24),
      optimizer: adam(0.005),
      ...training(800),
    },
    rule: 'memorising',
    outputs: [1],
    sentence:
      /of the training samples are right and .* of the held-out ones, and hidden 2 keeps .* of 24 directions.*: try dropout/,
  },
  {
    shows: 'a bottleneck of two units for ten classes',
    document: { data: digits(800), layers: hidden('relu', 32, 2, 32), optimizer: adam(0.003), ...training(500) },
    rule: 'full',
    outputs: [1],
    sentence: /^Hidden 2 uses 2 of 2 directions.*: try a width of 12\.$/,
  },
  {
    shows: 'steps that kill units',
    document: {
      data: { kind: 'circle' },
      layers: hidden('relu', 24, 24),
      optimizer: adam(0.05),
      ...training(600, 240),
    },
    rule: 'deadUnits',
    outputs: [1],
    sentence: /^1\d of the 24 units of hidden 2 give the same for every sample: try leaky ReLU in hidden 2\.$/,
  },
  {
    shows: 'wide layers behind a narrow one',
    document: { data: digits(800), layers: hidden('relu', 32, 12, 32, 32), optimizer: adam(0.004), ...training(400) },
    rule: 'tail',
    outputs: [2, 3],
    sentence:
      /^Hidden 3 and hidden 4 use .* of their directions, hidden \d uses .*: try without hidden 3 and hidden 4\.$/,
  },
  {
    shows: 'one layer that is far too wide',
    document: { data: digits(1000), layers: hidden('relu', 32, 24, 96), optimizer: adam(0.004), ...training(250) },
    rule: 'idle',
    outputs: [2],
    sentence: /^Hidden 3 uses \d of 96 directions: try a width of 16\.$/,
  },
  {
    shows: 'a hundred samples for sixteen units',
    document: {
      data: { kind: 'gaussians', samples: 100 },
      layers: hidden('tanh', 16, 12),
      optimizer: adam(0.01),
      ...training(300),
    },
    rule: 'fewSamples',
    outputs: [0, 1],
    sentence: /^Hidden 1 and hidden 2 are measured on 100 samples.*: try 160 samples\.$/,
  },
]

describe('a short run', () => {
  test.each(healthy)('that is healthy shows nothing, at no step: %s', async (_, document) => {
    const evidence = await recordRun(document, COLUMNS)
    for (let column = 0; column < evidence.columns.length; column++) {
      expect(findInsights(upToColumn(evidence, column))).toEqual([])
    }
  })

  test.each(designed)('of $shows shows its own rule ($rule) and never another', async (design) => {
    const evidence = await recordRun(design.document, COLUMNS)
    const shown = evidence.columns.map((_, column) => findInsights(upToColumn(evidence, column)))
    const [insight, ...others] = shown.at(-1)!
    expect(others).toEqual([])
    expect(insight).toMatchObject({ rule: design.rule, outputs: design.outputs })
    expect(insight!.sentence).toMatch(design.sentence)
    expect(new Set(shown.flatMap((found) => found.map(({ rule }) => rule)))).toEqual(new Set([design.rule]))
    expect(parseSpec(insight!.change?.spec)).toMatchObject({ ok: true })
    // Once it is there it stays, and it is not there before there is something to see.
    const first = shown.findIndex((found) => found.length > 0)
    expect(shown.slice(first).every((found) => found.length === 1)).toBe(true)
    if (design.rule !== 'fewSamples') expect(first).toBeGreaterThanOrEqual(5)
  })
})
