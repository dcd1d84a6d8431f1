import { expect, test } from 'vitest'
import type { Activation, DenseLayerSpec, LossSpec, OptimizerSpec, ScheduleSpec } from '../../experiment/spec'
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
  const dense = (id: number, units: number, activation: Activation): DenseLayerSpec => ({
    kind: 'dense',
    id,
    units,
    activation,
    dropout: 0,
  })
  const { activation, outputs, targetKind, training } = trajectory
  const spec = {
    ...trajectory,
    seed: 1,
    layers: [dense(1, fixture.hidden, activation), dense(2, outputs, 'linear')],
    initialisation: 'he' as const,
    // One epoch per step: the order of the samples does not matter to the mean.
    training: { ...training, batchSize: fixture.rows, steps: fixture.steps },
  }
  return new ReferenceNetwork(spec, {
    rows: fixture.rows,
    features: fixture.features,
    targetColumns: targetKind === 'values' ? outputs : 1,
    inputs: Float32Array.from(fixture.inputs),
    targets: Float32Array.from(targetKind === 'values' ? fixture.values : fixture.classes),
    trainingCount: fixture.rows,
    targetKind,
  })
}

function shapesOf({ outputs }: Trajectory) {
  return [
    { inputs: fixture.features, outputs: fixture.hidden, names: { weight: '0.weight', bias: '0.bias' } },
    { inputs: fixture.hidden, outputs, names: { weight: '2.weight', bias: '2.bias' } },
  ]
}

function startFrom(network: ReferenceNetwork, trajectory: Trajectory): void {
  const parameters = Object.fromEntries(
    shapesOf(trajectory).flatMap(({ inputs, outputs, names }) => [
      [names.weight, { shape: [outputs, inputs], values: Float32Array.from(trajectory.initial[names.weight]!) }],
      [names.bias, { shape: [outputs], values: Float32Array.from(trajectory.initial[names.bias]!) }],
    ]),
  )
  network.restore(fromTorchParameters(shapesOf(trajectory), parameters))
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
    const final = toTorchParameters(shapesOf(trajectory), network.read())
    for (const [name, { values }] of Object.entries(final)) {
      expect(values, `${trajectory.optimizer.kind} ${name}`).toEqual(Float32Array.from(trajectory.final[name]!))
    }
  }
})
