import { expect, test } from 'vitest'
import { layerWidth } from './experiment/layerNames'
import { defaultPreset, presetSpec } from './experiment/presets'
import { parseSpecOrThrow } from './experiment/schema'
import type { ExperimentSpec } from './experiment/spec'
import { PageCommands } from './main/commands'
import { activeRun } from './runs/contenders'
import type { SlimPlan } from './runs/slimDown'
import { slimPlanOf } from './runs/slimStudy'
import { createRunStore } from './runs/store'
import type { Request } from './worker/protocol'
import { TrainingHost } from './worker/trainingHost'

// The whole way of *Slim down*, from the command to the network that is left: page, worker and float64 engine, without
// a browser between them.

const TOLERANCE = 0.005

async function slimDown(spec: ExperimentSpec): Promise<SlimPlan> {
  const store = createRunStore(spec, (publish) => publish())
  const host = new TrainingHost((report) => {
    store.receive(report)
    commands.receive(report)
  })
  const send = (request: Request): void => host.handle(request)
  const commands = new PageCommands({ store, client: { send }, engine: 'reference' })
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return
        unsubscribe()
        resolve()
      }
      const unsubscribe = store.subscribe(look)
      look()
    })
  commands.startFirst(undefined)
  await until(() => activeRun(store.getState()) !== undefined)
  commands.pause()
  commands.slimDown(TOLERANCE)
  await until(() => store.getState().studies[0]?.state === 'done')
  const plan = slimPlanOf(store.getState().studies[0]!, TOLERANCE)
  if (!plan) throw new Error('the study has no plan')
  return plan
}

function figuresOf({ path }: SlimPlan) {
  const accepted = path.filter((point) => point.accepted)
  const [first, last] = [accepted[0]!, accepted.at(-1)!]
  return {
    tried: path.length,
    left: last.spec.layers.map((layer) => layerWidth(layer) ?? 0),
    saved: 1 - last.parameters / first.parameters,
    lost: first.score - last.score,
  }
}

test('a network that is far too wide is slimmed to one that does as well', { timeout: 120_000 }, async () => {
  const spec = parseSpecOrThrow({
    data: { kind: 'gaussians', samples: 400, classes: 3 },
    layers: [{ units: 40, activation: 'tanh' }, { units: 40, activation: 'tanh' }, {}],
    training: { batchSize: 32, steps: 60 },
    monitor: { samples: 256 },
  })
  const plan = await slimDown(spec)
  const { saved, lost, left } = figuresOf(plan)
  expect(plan.kind).toBe('done')
  expect(saved).toBeGreaterThan(0.4)
  expect(lost).toBeLessThanOrEqual(TOLERANCE)
  expect(left.at(-1)).toBe(3)
})

test(
  'the default preset loses two fifths of its parameters and no accuracy @nightly',
  { timeout: 7_200_000 },
  async () => {
    const plan = await slimDown(presetSpec(defaultPreset))
    const figures = figuresOf(plan)
    const path = plan.path.map(({ cut, parameters, score, spread, accepted }) => ({
      cut,
      parameters,
      score,
      spread,
      accepted,
    }))
    process.stdout.write(`${JSON.stringify({ path, figures })}\n`)
    expect(figures.saved).toBeGreaterThanOrEqual(0.4)
    expect(figures.lost).toBeLessThanOrEqual(TOLERANCE)
  },
)
