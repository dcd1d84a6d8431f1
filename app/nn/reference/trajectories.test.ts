import { expect, test } from 'vitest'
import { NO_AUGMENTATION } from '../../experiment/augmentation'
import { denseLayer } from '../../experiment/defaults'
import { flatShape } from '../../experiment/tensorShape'
import type { Activation, LossSpec, OptimizerSpec, ScheduleSpec } from '../../experiment/spec'
import { arraysOf } from '../parameters'
import { fromTorchParameters, toTorchParameters } from '../torchParameters'
import type { LossTargets } from './lossTargets'
import { ReferenceNetwork } from './network'
import fixture from './fixtures/torchTrajectories.json'

/** A case of torchTrajectories.py, whose JSON is typed too widely by the compiler. */
interface Trajectory {
  readonly activation: Activation
  readonly outputs: number
  readonly targetKind: LossTargets['kind']
  readonly loss: LossSpec
  readonly optimizer: OptimizerSpec
  readonly schedule: ScheduleSpec
  readonly training: { readonly clipNorm: number | null; readonly l1: number; readonly l2: number }
  readonly initial: Readonly<Record<string, readonly number[]>>
  readonly final: Readonly<Record<string, readonly number[]>>
  readonly losses: readonly number[]
  readonly norms: readonly number[]
}

function makeNetwork(trajectory: Trajectory): ReferenceNetwork {
  const { activation, outputs, targetKind, training } = trajectory
  const spec = {
    ...trajectory,
    seed: 1,
    layers: [denseLayer(1, fixture.hidden, activation), denseLayer(2, outputs, 'linear')],
    initialisation: 'he' as const,
    // One epoch per step: the order of the samples does not matter to the mean.
    training: { ...training, augmentation: NO_AUGMENTATION, batchSize: fixture.rows, steps: fixture.steps },
  }
  return new ReferenceNetwork(spec, {
    rows: fixture.rows,
    shape: flatShape(fixture.features),
    features: fixture.features,
    targetColumns: targetKind === 'values' ? outputs : 1,
    inputs: Float32Array.from(fixture.inputs),
    targets: Float32Array.from(targetKind === 'values' ? fixture.values : fixture.classes),
    trainingCount: fixture.rows,
    targetKind,
  })
}

function startFrom(network: ReferenceNetwork, trajectory: Trajectory): void {
  const arrays = arraysOf(network.graph)
  const parameters = Object.fromEntries(
    arrays.map(({ torch: { name, shape } }) => [name, { shape, values: Float32Array.from(trajectory.initial[name]!) }]),
  )
  network.restore(fromTorchParameters(arrays, parameters))
}

test('losses, gradient norms and parameters follow PyTorch’s with every optimizer, loss and activation', () => {
  const cases = fixture.cases as readonly Trajectory[]
  expect(new Set(cases.map(({ optimizer }) => optimizer.kind)).size).toBe(6)
  for (const trajectory of cases) {
    const network = makeNetwork(trajectory)
    startFrom(network, trajectory)
    trajectory.losses.forEach((loss, step) => {
      const record = network.step()
      const name = `${trajectory.optimizer.kind}, step ${step}`
      expect(record.loss, name).toBeCloseTo(loss, 12)
      expect(record.gradientNorm, name).toBeCloseTo(trajectory.norms[step]!, 12)
    })
    const final = toTorchParameters(arraysOf(network.graph), network.read())
    for (const [name, { values }] of Object.entries(final)) {
      expect(values, `${trajectory.optimizer.kind} ${name}`).toEqual(Float32Array.from(trajectory.final[name]!))
    }
  }
})
