import { describe, expect, test } from 'vitest'
import { activationChoices, lossChoices, optimizerChoices } from './choices'
import { dataShape } from './dataShape'
import { defaultData, defaultLayers, defaultOptimizer } from './defaults'
import {
  addLayer,
  duplicateLayer,
  fitToData,
  moveLayer,
  removeLayer,
  setActivation,
  setDropout,
  setWidth,
} from './edits'
import { changeDataKind, changeLossKind, changeOptimizerKind, changeScheduleKind } from './kinds'
import { readLink, writeLink } from './link'
import { presets } from './presetList'
import { presetSpecs, referenceDefault } from './presets'
import { RandomStream } from './random'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { DataKind } from './dataSpec'
import type { Activation, ExperimentSpec, LossSpec, OptimizerKind, ScheduleSpec } from './spec'
import { flatShape } from './tensorShape'

/** Links never change in chats; every link of every version has to open as what it was. */
const FROZEN_LINK =
  '#1-e3mf8u&name=S%C3%A3o%20%26%20co&seed=4&data.kind=spirals&data.noise=0.02&initialisation.kind=normal&initialisation.scale=0.1&optimizer.learningRate=0.005&schedule.kind=cosine&schedule.warmup=100&training.clipNorm=1&monitor.cadence=5&layers=32-tanh-d0.2,16-i9,2&monitor.layers=hidden%202,output'

const FROZEN_SPEC = {
  version: 1,
  name: 'São & co',
  seed: 4,
  data: { kind: 'spirals', samples: 1000, noise: 0.02, labelNoise: 0, heldOut: 0.2, standardise: 'none' },
  layers: [
    { kind: 'dense', id: 1, units: 32, normalisation: 'none', activation: 'tanh', dropout: 0.2 },
    { kind: 'dense', id: 9, units: 16, normalisation: 'none', activation: 'relu', dropout: 0 },
    { kind: 'dense', id: 3, units: 2, normalisation: 'none', activation: 'linear', dropout: 0 },
  ],
  initialisation: { kind: 'normal', scale: 0.1 },
  loss: { kind: 'crossEntropy', labelSmoothing: 0 },
  optimizer: { kind: 'adam', learningRate: 0.005, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
  schedule: { kind: 'cosine', warmup: 100, floor: 0.05 },
  training: { batchSize: 64, steps: 2000, clipNorm: 1, l1: 0, l2: 0, augmentation: { crop: 0, flip: false } },
  monitor: {
    source: 'probe',
    samples: 4096,
    cadence: 5,
    output: 'pre',
    sampling: 'channelwise',
    threshold: 0.99,
    convention: 'paper',
    layers: ['hidden 2', 'output'],
  },
} as const satisfies ExperimentSpec

test('a link of version 1 opens as what it was, and is still written so', () => {
  expect(readLink(FROZEN_LINK)).toEqual({ ok: true, spec: FROZEN_SPEC })
  expect(writeLink(FROZEN_SPEC)).toBe(FROZEN_LINK)
})

test.each([...presets, referenceDefault])('the preset “$id” survives the way through a short link', (preset) => {
  for (const spec of presetSpecs(preset)) {
    const link = writeLink(spec)
    expect(readLink(link)).toEqual({ ok: true, spec })
    // Networks on images have more layers, and more to say of each.
    expect(link.length).toBeLessThan(preset.group === 'images' ? 300 : 160)
    // Nothing that a browser's address bar or a chat would escape once more.
    expect(link).toMatch(/^#[\w.,=&%-]*$/)
  }
})

const pick = <Item>(random: RandomStream, items: readonly Item[]): Item => items[random.integer(items.length)]!

/** A valid spec far from the defaults, by the edits a user has. */
function randomSpec(random: RandomStream): ExperimentSpec {
  let spec = parseSpecOrThrow({
    name: pick(random, ['42', '', 'a=b&c#d%', 'Größe, 10 % 🙂', 'null']),
    seed: random.uint32(),
    initialisation: pick(random, ['he', 'torch', { kind: 'normal', scale: random.uniform() }]),
    monitor: { cadence: pick(random, ['auto', 7]), threshold: pick(random, [0.99, 0.5, 0.123456 + 0.5]) },
    training: { clipNorm: pick(random, [null, random.uniform(0.1, 2)]), l2: random.uniform() * 1e-9 },
  })
  spec = changeDataKind(spec, pick(random, Object.keys(defaultData) as DataKind[]))
  spec = { ...spec, data: { ...spec.data, heldOut: pick(random, [{ last: 5 }, 0, random.uniform(0, 0.9)]) } }
  if (spec.data.kind === 'csv')
    spec = { ...spec, data: { ...spec.data, target: pick(random, [null, '3', 'null', 'a,b']) } }
  if ('grayscale' in spec.data) spec = { ...spec, data: { ...spec.data, grayscale: pick(random, [true, false]) } }
  if ('resize' in spec.data) spec = { ...spec, data: { ...spec.data, resize: pick(random, [8, 20, 64]) } }
  spec = changeOptimizerKind(spec, pick(random, Object.keys(optimizerChoices) as OptimizerKind[]))
  spec = changeScheduleKind(spec, pick(random, ['constant', 'step', 'cosine'] satisfies ScheduleSpec['kind'][]))
  for (let edit = random.integer(6); edit > 0; edit--) {
    const index = random.integer(spec.layers.length)
    const added = { ...defaultLayers.dense, activation: 'silu' } as const
    const grown = pick(random, [addLayer(spec, added, index), duplicateLayer(spec, index)])
    spec = pick(random, [grown, removeLayer(spec, index), moveLayer(spec, index, 0)])
    spec = setWidth(spec, 0, 1 + random.integer(300))
    spec = setActivation(spec, 0, pick(random, Object.keys(activationChoices) as Activation[]))
    spec = setDropout(spec, 0, pick(random, [0, 1e-7, random.uniform(0, 0.99)]))
  }
  const shape = dataShape(spec.data) ?? {
    shape: flatShape(4),
    features: 4,
    task: { kind: 'classification', classes: 4 },
  }
  spec = fitToData(spec, shape)
  const withLoss = changeLossKind(spec, pick(random, Object.keys(lossChoices) as LossSpec['kind'][]))
  spec = parseSpec(withLoss).ok ? withLoss : spec
  return spec.layers.length > 1
    ? { ...spec, monitor: { ...spec.monitor, layers: pick(random, ['all', ['hidden 1']]) } }
    : spec
}

test('500 random specs survive the way through a link', () => {
  const random = new RandomStream(1, 'links')
  for (let count = 0; count < 500; count++) {
    const spec = randomSpec(random)
    const link = writeLink(spec)
    expect(parseSpec(spec)).toEqual({ ok: true, spec })
    expect(readLink(link)).toEqual({ ok: true, spec })
    expect(link.length).toBeLessThan(800)
  }
})

test('a link encoded once more on its way still opens', () => {
  const [start = '', ...fields] = FROZEN_LINK.split('&')
  const encodedAgain = [start, ...fields.map((field) => field.replaceAll(',', '%2C').replaceAll('-', '%2D'))].join('&')
  expect(readLink(encodedAgain)).toEqual({ ok: true, spec: FROZEN_SPEC })
})

describe('a link that arrives damaged', () => {
  /** What the page says of a link; undefined where it opens or holds no experiment. */
  function refusal(hash: string): string | undefined {
    const result = readLink(hash)
    return result === undefined || result.ok
      ? undefined
      : result.faults.map((fault) => `${fault.path}: ${fault.message}`).join()
  }
  const DAMAGED = /^link: This link is damaged: .+ again/

  test('is told apart from every good one, wherever it was cut off', () => {
    for (let length = 2; length < FROZEN_LINK.length; length++) {
      expect(refusal(FROZEN_LINK.slice(0, length))).toMatch(DAMAGED)
    }
  })

  test('is told apart whichever character was altered', () => {
    for (let at = 1; at < FROZEN_LINK.length; at++) {
      const altered = FROZEN_LINK[at] === '7' ? '8' : '7'
      expect(refusal(FROZEN_LINK.slice(0, at) + altered + FROZEN_LINK.slice(at + 1))).toMatch(/^link: /)
    }
  })

  test.each(['#1-', '#=', '#1-zzzzzzz&data=%', '#1-0&__proto__.x=1', '#%', `#1-0&name=${'x'.repeat(20_000)}`, '#0-1'])(
    'says so and what to do: %s',
    (hash) => expect(refusal(hash)).toMatch(DAMAGED),
  )

  test('from a newer version is refused for that reason', () => {
    expect(refusal(FROZEN_LINK.replace('#1-', '#2-'))).toMatch(/^link: .+ newer Saturascope/)
  })
})

test.each(['', '#', '#model', '#skip-link'])('an address without an experiment has none: “%s”', (hash) => {
  expect(readLink(hash)).toBeUndefined()
})

test('every default optimizer keeps its kind in a link', () => {
  for (const optimizer of Object.values(defaultOptimizer)) {
    const spec = parseSpecOrThrow({ optimizer })
    expect(readLink(writeLink(spec))).toEqual({ ok: true, spec })
  }
})
