import type { Architecture, LayerShape } from '../experiment/architecture'
import type { ExperimentSpec, MonitorSpec } from '../experiment/spec'
import type { DenseNode } from '../nn/graph'
import type { TrackedOutput } from './session'

/** Positions of the layers whose outputs are measured, in order. */
export function trackedLayers(layers: readonly LayerShape[], monitor: MonitorSpec): readonly number[] {
  return [...layers.keys()].filter((layer) => monitor.layers === 'all' || monitor.layers.includes(layers[layer]!.name))
}

/** What a session says of the layers it measures. */
export function describeOutputs(layers: readonly LayerShape[], tracked: readonly number[]): readonly TrackedOutput[] {
  return tracked.map((layer) => {
    const { name, kind, outputWidth } = layers[layer]!
    return { name, kind, width: outputWidth }
  })
}

/** By tracked output its width, undefined where the layer has no activation function that could kill a unit. */
export function mortalWidths(nodes: readonly DenseNode[], tracked: readonly number[]): readonly (number | undefined)[] {
  return tracked.map((layer) => {
    const { isOutput, layer: spec, outputs } = nodes[layer]!
    return isOutput || spec.activation === 'linear' ? undefined : outputs
  })
}

/**
 * Steps of a window of training samples; 0 where a probe is measured. As many as the asked-for samples fill, and no
 * more than lie between two columns: windows never overlap.
 */
export function stepsPerWindow({ monitor, training }: ExperimentSpec): number {
  if (monitor.source === 'probe') return 0
  const steps = Math.max(1, Math.min(training.steps, Math.ceil(monitor.samples / training.batchSize)))
  return monitor.cadence === 'auto' ? steps : Math.min(steps, monitor.cadence)
}

/** Widths and PyTorch names, as the parameters are read and restored. */
export function namedLayers({ layers }: Architecture) {
  return layers.map(({ inputWidth, outputWidth, parameterNames }) => ({
    inputs: inputWidth,
    outputs: outputWidth,
    names: parameterNames,
  }))
}
