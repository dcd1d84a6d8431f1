import { diffSpecs } from './edits'
import type { ExperimentSpec, LayerSpec } from './spec'

// What runs side by side have in common: without it they could not make the same steps. Everything else may differ.

/** Whether two experiments can race: equal seed, planned steps and cadence of columns. */
export function canRace(first: ExperimentSpec, second: ExperimentSpec): boolean {
  return (
    first.seed === second.seed &&
    first.training.steps === second.training.steps &&
    first.monitor.cadence === second.monitor.cadence
  )
}

/** An experiment with what it must have in common with `model` to race with it. */
export function joinRace(spec: ExperimentSpec, model: ExperimentSpec): ExperimentSpec {
  if (canRace(spec, model)) return spec
  return {
    ...spec,
    seed: model.seed,
    training: { ...spec.training, steps: model.training.steps },
    monitor: { ...spec.monitor, cadence: model.monitor.cadence },
  }
}

/** Whether a run can take over the weights of another: the same data and layers, but for activations and dropout. */
export function keepsWeights(before: ExperimentSpec, after: ExperimentSpec): boolean {
  const widths = ({ data, layers }: ExperimentSpec): string => JSON.stringify([data, layers.map(withoutRates)])
  return widths(before) === widths(after)
}

function withoutRates(layer: LayerSpec): unknown {
  if (layer.kind === 'residual') return { ...layer, id: 0, layers: layer.layers.map(withoutRates) }
  return { ...layer, id: 0, activation: '', dropout: 0, dropped: '' }
}

/** Whether two experiments see the same samples in the same batches; seeds are equal in a race. */
export function sharesBatches(first: ExperimentSpec, second: ExperimentSpec): boolean {
  return diffSpecs(first, second).every((path) => !/^(data\.|training\.(batchSize$|augmentation\.))/.test(path))
}
