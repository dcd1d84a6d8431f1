import type { ExperimentSpec, MonitorSpec } from '../experiment/spec'
import { positionsOf } from '../experiment/tensorShape'
import type { Graph, MeasuredNode } from '../nn/graph'
import { sampledShape, type FeatureMaps, type Sampling } from '../spectral/sampling'
import type { TrackedOutput } from './session'

/** A layer that is measured, and the shape of its output. */
export interface TrackedNode extends MeasuredNode, FeatureMaps {
  /** Whether an activation function could kill a unit. */
  readonly isMortal: boolean
}

/** The layers whose outputs are measured, in order. */
export function trackedNodes({ nodes, tensors, measured }: Graph, monitor: MonitorSpec): readonly TrackedNode[] {
  const wanted = measured.filter(({ name }) => monitor.layers === 'all' || monitor.layers.includes(name))
  return wanted.map((layer) => {
    const { shape } = tensors[nodes[layer.own]!.output]!
    const { activation = 'linear' } = nodes[layer.final]!
    return { ...layer, channels: shape.channels, positions: positionsOf(shape), isMortal: activation !== 'linear' }
  })
}

/** What a session says of a layer that it measures. */
export function describeOutput(layer: TrackedNode, sampling: Sampling): TrackedOutput {
  return { name: layer.name, kind: layer.kind, width: sampledShape(sampling, layer).width }
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
