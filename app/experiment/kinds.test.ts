import { describe, expect, test } from 'vitest'
import { defaultData, defaultLoss, defaultOptimizer, defaultSchedule } from './defaults'
import { changeDataKind, changeLossKind, changeOptimizerKind, changeScheduleKind } from './kinds'
import { layerWidth } from './layerNames'
import { parseSpec, parseSpecOrThrow } from './schema'
import type { DataKind } from './dataSpec'
import type { LossSpec, OptimizerKind, OptimizerSpec, ScheduleSpec } from './spec'

const spec = parseSpecOrThrow({})
const dataKinds = Object.keys(defaultData) as DataKind[]
const optimizerKinds = Object.keys(defaultOptimizer) as OptimizerKind[]
const lossKinds = Object.keys(defaultLoss) as LossSpec['kind'][]

function withOptimizer(optimizer: OptimizerSpec) {
  return { ...spec, optimizer }
}

describe('changing the kind of data', () => {
  test.each(dataKinds.flatMap((from) => dataKinds.map((to) => [from, to] as const)))(
    'from %s to %s leaves a spec that can run',
    (from, to) => {
      const changed = changeDataKind(changeDataKind(spec, from), to)
      expect(changed.data).toEqual(defaultData[to])
      expect(parseSpec(changed)).toEqual({ ok: true, spec: changed })
    },
  )

  test('to regression and back restores a loss for classes', () => {
    const there = changeDataKind(spec, 'hills')
    expect([there.loss.kind, layerWidth(there.layers.at(-1)!)]).toEqual(['meanSquaredError', 1])
    const back = changeDataKind({ ...there, loss: defaultLoss.meanSquaredError }, 'spirals')
    expect(parseSpec(back).ok).toBe(true)
    expect(layerWidth(back.layers.at(-1)!)).toBe(2)
  })
})

describe('changing the loss', () => {
  test.each(lossKinds)('to %s fits the output units to it', (kind) => {
    const changed = changeLossKind(changeDataKind(spec, 'xor'), kind)
    expect(changed.loss.kind).toBe(kind)
    expect(parseSpec(changed).ok).toBe(true)
  })

  test('to one that cannot fit keeps it, with its fault', () => {
    const changed = changeLossKind(changeDataKind(spec, 'hills'), 'crossEntropy')
    expect(parseSpec(changed)).toMatchObject({ ok: false, faults: [{ path: 'loss.kind' }] })
  })
})

describe('changing the optimizer', () => {
  test.each(optimizerKinds.flatMap((from) => optimizerKinds.map((to) => [from, to] as const)))(
    'from default %s to %s gives its defaults',
    (from, to) => {
      expect(changeOptimizerKind(withOptimizer(defaultOptimizer[from]), to).optimizer).toEqual(defaultOptimizer[to])
    },
  )

  test('keeps how bold the learning rate is', () => {
    const bold = withOptimizer({ ...defaultOptimizer.adam, learningRate: 0.003 })
    expect(changeOptimizerKind(bold, 'adamw').optimizer.learningRate).toBe(0.003)
    expect(changeOptimizerKind(bold, 'sgd').optimizer.learningRate).toBe(0.3)
    const wild = withOptimizer({ ...defaultOptimizer.adam, learningRate: 1e6 })
    expect(parseSpec(changeOptimizerKind(wild, 'sgd')).ok).toBe(true)
  })

  test('keeps what the two share and what was chosen', () => {
    const tuned = withOptimizer({ ...defaultOptimizer.adam, beta1: 0.5, epsilon: 1e-4, weightDecay: 0.2 })
    expect(changeOptimizerKind(tuned, 'adamw').optimizer).toEqual({ ...tuned.optimizer, kind: 'adamw' })
    expect(changeOptimizerKind(tuned, 'rmsprop').optimizer).toEqual({
      ...defaultOptimizer.rmsprop,
      epsilon: 1e-4,
      weightDecay: 0.2,
    })
    const heavy = withOptimizer({ ...defaultOptimizer.momentum, momentum: 0.5 })
    expect(changeOptimizerKind(heavy, 'nesterov').optimizer).toMatchObject({ kind: 'nesterov', momentum: 0.5 })
  })
})

test.each(Object.keys(defaultSchedule) as ScheduleSpec['kind'][])(
  'changing the schedule to %s keeps the warm-up',
  (kind) => {
    const warm = {
      ...spec,
      schedule: { kind: kind === 'constant' ? 'cosine' : 'constant', warmup: 50, floor: 0 },
    } as const
    const parsed = parseSpecOrThrow({
      ...spec,
      schedule: kind === 'constant' ? warm.schedule : { kind: 'constant', warmup: 50 },
    })
    const changed = changeScheduleKind(parsed, kind)
    expect(changed.schedule).toMatchObject({ kind, warmup: 50 })
    expect(parseSpec(changed).ok).toBe(true)
  },
)

test('changing to the kind it already has changes nothing', () => {
  expect(changeDataKind(spec, 'digits')).toBe(spec)
  expect(changeLossKind(spec, 'crossEntropy')).toBe(spec)
  expect(changeOptimizerKind(spec, 'adam')).toBe(spec)
  expect(changeScheduleKind(spec, 'constant')).toBe(spec)
})
