import { describe, expect, test } from 'vitest'
import { describeArchitecture } from '../experiment/architecture'
import type { TaskShape } from '../experiment/dataShape'
import { RandomStream } from '../experiment/random'
import { parseSpec, parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentSpec } from '../experiment/spec'
import { flatShape } from '../experiment/tensorShape'
import { MOST_TRIALS, planSlimDown, type SlimOutcome, type SlimPlan, type SlimTrial } from './slimDown'

const task: TaskShape = { kind: 'classification', classes: 10 }

function networkOf(...widths: readonly number[]): ExperimentSpec {
  return parseSpecOrThrow({ data: { kind: 'digits' }, layers: [...widths.map((units) => ({ units })), {}] })
}

function widthsOf({ layers }: ExperimentSpec): readonly number[] {
  return layers.slice(0, -1).map(({ units }) => units)
}

type Model = (spec: ExperimentSpec) => readonly SlimOutcome[]

/** Outcomes that agree for all seeds. */
function outcome(heldOutAccuracy: number, directions: readonly number[], heldOutLoss = 1): readonly SlimOutcome[] {
  return [{ heldOutAccuracy, heldOutLoss, directions: [...directions, 9] }]
}

function trialOf(spec: ExperimentSpec, model: Model): SlimTrial {
  const { parameters } = describeArchitecture(spec, { shape: flatShape(196), features: 196, task })
  return { spec, parameters, outcomes: model(spec) }
}

/** Trains what is asked for by a model until it ends. */
function slimDown(spec: ExperimentSpec, model: Model, shape = task): Extract<SlimPlan, { kind: 'done' }> {
  const trials: SlimTrial[] = []
  for (;;) {
    const plan = planSlimDown({ spec, task: shape, trials })
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
    expect(planSlimDown({ spec, task, trials: [] })).toMatchObject({ kind: 'try', spec, path: [] })
  })

  test('removes the tail, then shrinks all layers to what they use', () => {
    const used = [41, 15, 8, 6]
    const plan = slimDown(networkOf(80, 40, 80, 80), ({ layers }) =>
      outcome(
        0.95,
        layers.slice(0, -1).map(({ units }, layer) => Math.min(units, used[layer]!)),
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
    const plan = slimDown(networkOf(128, 128), ({ layers }) => outcome(layers[0]!.units >= 50 ? 0.95 : 0.9, [20, 20]))
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
      { heldOutAccuracy: 0.9, heldOutLoss: 1, directions: [undefined, 12, undefined] },
    ])
    expect(widthsOf(plan.spec)).toEqual([64, 12])
  })

  test('fits the seed that uses most, and judges by the mean over seeds', () => {
    const seeds = (accuracies: readonly number[]): readonly SlimOutcome[] =>
      accuracies.map((heldOutAccuracy, seed) => ({ heldOutAccuracy, heldOutLoss: 1, directions: [10 + seed, 9] }))
    const held = slimDown(networkOf(64), ({ layers }) =>
      layers[0]!.units === 64 ? seeds([0.95, 0.94, 0.93]) : seeds([0.935, 0.94, 0.935]),
    )
    expect(held.path[1]).toMatchObject({ accepted: true, cut: 'widths 12', spec: { layers: [{ units: 12 }, {}] } })
    expect(held.path[1]?.score).toBeCloseTo(0.93667, 5)
    expect(held.path[1]?.spread).toBeCloseTo(0.005, 5)
    const fell = slimDown(networkOf(64), ({ layers }) =>
      layers[0]!.units === 64 ? seeds([0.95, 0.94, 0.93]) : seeds([0.95, 0.94, 0.91]),
    )
    expect(fell.path.slice(1).every(({ accepted }) => !accepted)).toBe(true)
    expect(widthsOf(fell.spec)).toEqual([64])
  })

  test('judges by the loss, as a share of it, where there are no classes', () => {
    const regression: TaskShape = { kind: 'regression', outputs: 1 }
    const byLoss =
      (loss: number): Model =>
      ({ layers }) =>
        outcome(Number.NaN, [8], layers[0]!.units === 64 ? 0.2 : loss)
    expect(widthsOf(slimDown(networkOf(64), byLoss(0.2009), regression).spec)).toEqual([8])
    expect(widthsOf(slimDown(networkOf(64), byLoss(0.2011), regression).spec)).toEqual([64])
  })

  test('refuses a network of which a seed diverged, and ends at once where the first one did', () => {
    const diverged: Model = ({ layers }) => outcome(0.95, [8], layers[0]!.units < 40 ? Number.NaN : 1)
    expect(widthsOf(slimDown(networkOf(64), diverged).spec)).toEqual([44])
    const never = slimDown(networkOf(64), () => outcome(0.95, [8], Infinity))
    expect(never).toMatchObject({ reason: 'noScore', path: [{ accepted: true }] })
  })

  test('says so where a trial is of another network than was asked for', () => {
    const spec = networkOf(64)
    const trials = [spec, networkOf(33)].map((tried) => trialOf(tried, () => outcome(0.95, [8])))
    expect(() => planSlimDown({ spec, task, trials })).toThrow('not of the network asked for')
  })
})

describe('whatever the networks do', () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed)

  /** A network that needs some width in each layer, pays for what is missing, and shows some directions. */
  function randomModel(random: RandomStream): { readonly spec: ExperimentSpec; readonly model: Model } {
    const widths = Array.from({ length: 1 + random.integer(6) }, () => 2 + random.integer(200))
    const spec = networkOf(...widths)
    const layers = new Map(
      spec.layers.map(({ id, units }) => [id, { need: random.integer(units + 1), shows: 1 + random.integer(units) }]),
    )
    const price = random.uniform() * 0.02
    const model: Model = (tried) => {
      const hidden = tried.layers.slice(0, -1)
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
        directions: [...shown, 9],
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
