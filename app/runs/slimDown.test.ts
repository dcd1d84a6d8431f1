import { describe, expect, test } from 'vitest'
import { describeArchitecture } from '../experiment/architecture'
import type { DataShape, TaskShape } from '../experiment/dataShape'
import { layerWidth } from '../experiment/layerNames'
import { RandomStream } from '../experiment/random'
import { parseSpec, parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentDocument, ExperimentSpec } from '../experiment/spec'
import { flatShape } from '../experiment/tensorShape'
import { MOST_TRIALS, planSlimDown, type SlimOutcome, type SlimPlan, type SlimTrial } from './slimDown'

const task: TaskShape = { kind: 'classification', classes: 10 }
const dataOf = (target: TaskShape): DataShape => ({ shape: flatShape(196), features: 196, task: target })

function networkOf(...widths: readonly number[]): ExperimentSpec {
  return parseSpecOrThrow({ data: { kind: 'digits' }, layers: [...widths.map((units) => ({ units })), {}] })
}

function widthsOf({ layers }: ExperimentSpec): readonly number[] {
  return layers.slice(0, -1).map((layer) => layerWidth(layer) ?? 0)
}

type Model = (spec: ExperimentSpec) => readonly SlimOutcome[]

/** Outcomes that agree for all seeds. */
function outcome(heldOutAccuracy: number, directions: readonly number[], heldOutLoss = 1): readonly SlimOutcome[] {
  return [{ heldOutAccuracy, heldOutLoss, directions: named([...directions, 9]) }]
}

/** k by the names of the layers of a dense network. */
function named(directions: readonly number[]): SlimOutcome['directions'] {
  return new Map(directions.map((k, layer) => [layer === directions.length - 1 ? 'output' : `hidden ${layer + 1}`, k]))
}

function firstWidth({ layers: [first] }: ExperimentSpec): number {
  return (first && layerWidth(first)) ?? 0
}

function trialOf(spec: ExperimentSpec, model: Model): SlimTrial {
  const { parameters } = describeArchitecture(spec, dataOf(task))
  return { spec, parameters, outcomes: model(spec) }
}

/** Trains what is asked for by a model until it ends. */
function slimDown(spec: ExperimentSpec, model: Model, shape = task): Extract<SlimPlan, { kind: 'done' }> {
  const trials: SlimTrial[] = []
  for (;;) {
    const plan = planSlimDown({ spec, data: dataOf(shape), trials })
    if (plan.kind === 'done') return plan
    expect(parseSpec(plan.spec).ok).toBe(true)
    expect(trials.length).toBeLessThan(MOST_TRIALS)
    trials.push(trialOf(plan.spec, model))
  }
}

const cutsOf = (plan: SlimPlan): readonly string[] =>
  plan.path.map(({ cut, accepted }) => (accepted ? cut : `(${cut})`))

describe('slimming down', () => {
  test('begins with the network as it is', () => {
    const spec = networkOf(80, 40)
    expect(planSlimDown({ spec, data: dataOf(task), trials: [] })).toMatchObject({ kind: 'try', spec, path: [] })
  })

  test('removes the tail, then shrinks all layers to what they use', () => {
    const used = [41, 15, 8, 6]
    const plan = slimDown(networkOf(80, 40, 80, 80), (spec) =>
      outcome(
        0.95,
        widthsOf(spec).map((units, layer) => Math.min(units, used[layer]!)),
      ),
    )
    expect(cutsOf(plan).slice(0, 3)).toEqual(['as it is', 'without hidden 3 and hidden 4', 'widths 44, 16'])
    expect(plan.reason).toBe('nothingLeft')
    expect(widthsOf(plan.spec)).toEqual([44, 16])
    const [before, after] = [plan.path[0]!.parameters, plan.path.at(-1)!.parameters]
    expect(after).toBeLessThan(0.6 * before)
  })

  test('halves a cut that went too deep, then tries each layer by itself', () => {
    // Hidden 1 needs 50 units whatever it shows, hidden 2 works with what it uses.
    const plan = slimDown(networkOf(128, 128), (spec) => outcome(firstWidth(spec) >= 50 ? 0.95 : 0.9, [20, 20]))
    expect(cutsOf(plan)).toEqual([
      'as it is',
      '(widths 20, 20)',
      'widths 76, 76',
      '(widths 48, 48)',
      'widths 64, 64',
      'widths 56, 56',
      // A quarter less again would be 48 and 48, which was refused.
      '(hidden 1 with 20 units)',
      'hidden 2 with 20 units',
      '(hidden 1 with 40 units)',
      '(hidden 1 with 48 units)',
    ])
    expect(widthsOf(plan.spec)).toEqual([56, 20])
  })

  test('keeps a tail that is needed, and removes as much of it as is not', () => {
    const plan = slimDown(networkOf(64, 16, 16, 16), ({ layers }) =>
      outcome(
        layers.length >= 4 ? 0.95 : 0.5,
        layers.slice(0, -1).map((_, layer) => (layer === 0 ? 64 : 5)),
      ),
    )
    expect(cutsOf(plan)).toEqual([
      'as it is',
      '(without hidden 2, hidden 3 and hidden 4)',
      '(without hidden 3 and hidden 4)',
      'without hidden 4',
      // Without hidden 3 it would be one that was refused.
      'widths 64, 9, 9',
    ])
  })

  test('leaves room for every class to be as far from each other as from the rest', () => {
    const two: TaskShape = { kind: 'classification', classes: 2 }
    const model: Model = () => outcome(0.95, [1, 1])
    expect(widthsOf(slimDown(networkOf(64, 64), model).spec)).toEqual([9, 9])
    expect(widthsOf(slimDown(networkOf(64, 64), model, two).spec)).toEqual([2, 2])
    expect(widthsOf(slimDown(networkOf(4, 4), model).spec)).toEqual([4, 4])
  })

  test('leaves layers alone that were not measured', () => {
    const plan = slimDown(networkOf(64, 64), () => [
      { heldOutAccuracy: 0.9, heldOutLoss: 1, directions: new Map([['hidden 2', 12]]) },
    ])
    expect(widthsOf(plan.spec)).toEqual([64, 12])
  })

  test('fits the seed that uses most, and judges by the mean over seeds', () => {
    const seeds = (accuracies: readonly number[]): readonly SlimOutcome[] =>
      accuracies.map((heldOutAccuracy, seed) => ({
        heldOutAccuracy,
        heldOutLoss: 1,
        directions: named([10 + seed, 9]),
      }))
    const held = slimDown(networkOf(64), (spec) =>
      firstWidth(spec) === 64 ? seeds([0.95, 0.94, 0.93]) : seeds([0.935, 0.94, 0.935]),
    )
    expect(held.path[1]).toMatchObject({ accepted: true, cut: 'widths 12', spec: { layers: [{ units: 12 }, {}] } })
    expect(held.path[1]?.score).toBeCloseTo(0.93667, 5)
    expect(held.path[1]?.spread).toBeCloseTo(0.005, 5)
    const fell = slimDown(networkOf(64), (spec) =>
      firstWidth(spec) === 64 ? seeds([0.95, 0.94, 0.93]) : seeds([0.95, 0.94, 0.91]),
    )
    expect(fell.path.slice(1).every(({ accepted }) => !accepted)).toBe(true)
    expect(widthsOf(fell.spec)).toEqual([64])
  })

  test('judges by the loss, as a share of it, where there are no classes', () => {
    const regression: TaskShape = { kind: 'regression', outputs: 1 }
    const byLoss =
      (loss: number): Model =>
      (spec) =>
        outcome(Number.NaN, [8], firstWidth(spec) === 64 ? 0.2 : loss)
    expect(widthsOf(slimDown(networkOf(64), byLoss(0.2009), regression).spec)).toEqual([8])
    expect(widthsOf(slimDown(networkOf(64), byLoss(0.2011), regression).spec)).toEqual([64])
  })

  test('refuses a network of which a seed diverged, and ends at once where the first one did', () => {
    const diverged: Model = (spec) => outcome(0.95, [8], firstWidth(spec) < 40 ? Number.NaN : 1)
    expect(widthsOf(slimDown(networkOf(64), diverged).spec)).toEqual([44])
    const never = slimDown(networkOf(64), () => outcome(0.95, [8], Infinity))
    expect(never).toMatchObject({ reason: 'noScore', path: [{ accepted: true }] })
  })

  test('says so where a trial is of another network than was asked for', () => {
    const spec = networkOf(64)
    const trials = [spec, networkOf(33)].map((tried) => trialOf(tried, () => outcome(0.95, [8])))
    expect(() => planSlimDown({ spec, data: dataOf(task), trials })).toThrow('not of the network asked for')
  })
})

describe('whatever the networks do', () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed)
  const weighted = ({ layers }: ExperimentSpec) =>
    layers.map((layer) => ({ id: layer.id, units: layerWidth(layer) ?? 0 }))

  /** A network that needs some width in each layer, pays for what is missing, and shows some directions. */
  function randomModel(random: RandomStream): { readonly spec: ExperimentSpec; readonly model: Model } {
    const widths = Array.from({ length: 1 + random.integer(6) }, () => 2 + random.integer(200))
    const spec = networkOf(...widths)
    const layers = new Map(
      weighted(spec).map(({ id, units }) => [
        id,
        { need: random.integer(units + 1), shows: 1 + random.integer(units) },
      ]),
    )
    const price = random.uniform() * 0.02
    const model: Model = (tried) => {
      const hidden = weighted(tried).slice(0, -1)
      const gone = spec.layers.length - tried.layers.length
      const missing = hidden.map(
        ({ id, units }) => Math.max(0, layers.get(id)!.need - units) / layers.get(id)!.need || 0,
      )
      const fall = price * (gone + missing.reduce((sum, share) => sum + share, 0))
      const shown = hidden.map(({ id, units }) => Math.min(units, layers.get(id)!.shows))
      // Held-out accuracies of three seeds differ a little, always in the same way.
      return [-1, 0, 1].map((seed) => ({
        heldOutAccuracy: 0.95 - fall + seed * 0.001,
        heldOutLoss: 1,
        directions: named([...shown, 9]),
      }))
    }
    return { spec, model }
  }

  test.each(seeds)('the search ends, holds the tolerance, and only ever gets smaller (seed %i)', (seed) => {
    const { spec, model } = randomModel(new RandomStream(seed, 'slim down'))
    const plan = slimDown(spec, model)
    expect(plan.path.length).toBeLessThanOrEqual(MOST_TRIALS)
    const accepted = plan.path.filter((point) => point.accepted)
    expect(plan.spec).toEqual(accepted.at(-1)?.spec)
    expect(accepted.at(-1)!.score).toBeGreaterThanOrEqual(accepted[0]!.score - 0.005)
    accepted.slice(1).forEach((point, index) => {
      expect(total(point.spec)).toBeLessThan(total(accepted[index]!.spec))
    })
    const networks = plan.path.map((point) => JSON.stringify(point.spec.layers))
    expect(new Set(networks).size).toBe(networks.length)
    expect(slimDown(spec, model)).toEqual(plan)
  })

  const total = (spec: ExperimentSpec): number => widthsOf(spec).reduce((sum, units) => sum + units, 0)
})

describe('a network on images', () => {
  type Layers = NonNullable<ExperimentDocument['layers']>
  const conv = (channels: number, more: object = {}) => ({ kind: 'conv', channels, ...more }) as const
  const image = { shape: { height: 14, width: 14, channels: 1 }, features: 196, task }
  const onImages = (...layers: Layers) => parseSpecOrThrow({ data: { kind: 'digits' }, layers: [...layers, {}] })

  /** Slims it while every measured layer uses `used` of its width, or what it has; nothing is ever lost. */
  function slim(spec: ExperimentSpec, used: Readonly<Record<string, number>>) {
    const trials: SlimTrial[] = []
    for (;;) {
      const plan = planSlimDown({ spec, data: image, trials })
      if (plan.kind === 'done') return plan
      const { parameters, faults, measured } = describeArchitecture(plan.spec, image)
      expect(faults).toEqual([])
      const last = trials.at(-1)
      if (last) expect(parameters).toBeLessThan(last.parameters)
      const directions = new Map(measured.map(({ name, width }) => [name, Math.min(width, used[name] ?? width)]))
      trials.push({ spec: plan.spec, parameters, outcomes: [{ heldOutAccuracy: 0.9, heldOutLoss: 1, directions }] })
    }
  }

  test('gets narrower convolutions, too', () => {
    const spec = onImages(conv(32), { kind: 'maxPool' }, conv(64), { units: 64 })
    const plan = slim(spec, { 'conv 1': 12, 'conv 2': 40, 'hidden 1': 30 })
    expect(cutsOf(plan)).toEqual(['as it is', 'widths 12, 40, 32'])
  })

  test('loses the blocks of its tail as a whole, and keeps what a block puts out', () => {
    const block = { kind: 'residual', layers: [conv(32), conv(32)] } as const
    const spec = onImages(conv(32), block, block, block, { kind: 'globalAveragePool' })
    const names = [2, 3].flatMap((number) => [`block ${number} conv 1`, `block ${number} conv 2`])
    const plan = slim(spec, { ...Object.fromEntries(names.map((name) => [name, 4])), 'block 1 conv 1': 20 })
    expect(cutsOf(plan)).toEqual(['as it is', 'without block 2 and block 3', 'widths 32, 20'])
    expect(plan.spec.layers[1]).toMatchObject({ layers: [{ channels: 20 }, { channels: 32 }] })
  })

  test('keeps widths that others have to share', () => {
    const spec = onImages(conv(32), conv(32, { groups: 'depthwise' }), conv(32), { units: 40 })
    const plan = slim(spec, { 'conv 1': 8, 'conv 2': 8, 'conv 3': 16, 'hidden 1': 20 })
    expect(plan.path.at(-1)?.spec.layers).toMatchObject([
      { channels: 32 },
      { channels: 32 },
      { channels: 16 },
      { units: 20 },
      {},
    ])
  })

  test('keeps of a narrow tail what it would be larger without', () => {
    const spec = onImages(conv(64), conv(4), conv(4))
    const plan = slim(spec, { 'conv 1': 64, 'conv 2': 1, 'conv 3': 1 })
    expect(cutsOf(plan)).toEqual(['as it is', 'without conv 3'])
  })
})
