import { dataShape, type DataShape } from './dataShape'
import { defaultData, defaultLoss, defaultOptimizer, defaultSchedule } from './defaults'
import { fitToData, makeOutput } from './edits'
import { requiredOutputUnits } from './fit'
import { goalOf } from './goal'
import { numberSettings } from './settings'
import type { DataKind } from './dataSpec'
import type { ExperimentSpec, LossSpec, OptimizerKind, OptimizerSpec, ScheduleSpec } from './spec'

// Edits that change the kind of a part: what the new kind shares with the old is kept where it still makes sense.

/** Other data with their defaults, and a loss and an output layer that fit them; files fit once they are read. */
export function changeDataKind(spec: ExperimentSpec, kind: DataKind): ExperimentSpec {
  if (kind === spec.data.kind) return spec
  const changed = { ...spec, data: defaultData[kind] }
  const shape = dataShape(changed.data)
  return shape ? fitToData(changed, shape) : changed
}

/**
 * Another loss, and an output that fits it.
 * @param shape of the data; undefined for files that were not read yet.
 */
export function changeLossKind(
  spec: ExperimentSpec,
  kind: LossSpec['kind'],
  shape: DataShape | undefined = dataShape(spec.data),
): ExperimentSpec {
  if (kind === spec.loss.kind) return spec
  const loss = defaultLoss[kind]
  // Only a reconstruction is an image.
  const isImage = spec.loss.kind === 'reconstruction' && spec.layers.at(-1)?.kind !== 'dense'
  const changed = { ...(isImage ? makeOutput(spec, 'dense', 1) : spec), loss }
  // A loss that cannot fit the data is kept, so that its field can say why.
  const fits = shape !== undefined && requiredOutputUnits(goalOf(loss, shape), loss).length > 0
  return fits ? fitToData(changed, shape) : changed
}

/**
 * Another optimizer. A learning rate n times the old optimizer's default becomes n times the new one's, for what is
 * a careful step for one is a wild one for another; a weight decay that was chosen stays.
 */
export function changeOptimizerKind(spec: ExperimentSpec, kind: OptimizerKind): ExperimentSpec {
  const old = spec.optimizer
  if (kind === old.kind) return spec
  const target = defaultOptimizer[kind]
  const boldness = old.learningRate / defaultOptimizer[old.kind].learningRate
  const { maximum } = numberSettings['optimizer.learningRate'].range
  const learningRate = Math.min(Number((target.learningRate * boldness).toPrecision(3)), maximum)
  const chosenDecay = old.weightDecay !== defaultOptimizer[old.kind].weightDecay
  const weightDecay = chosenDecay ? old.weightDecay : target.weightDecay
  return { ...spec, optimizer: { ...keepShared(target, old), learningRate, weightDecay } }
}

/** β₁, β₂, ε and momentum mean the same for every optimizer that has them. */
function keepShared(target: OptimizerSpec, old: OptimizerSpec): OptimizerSpec {
  const epsilon = 'epsilon' in old ? old.epsilon : undefined
  switch (target.kind) {
    case 'sgd':
      break
    case 'momentum':
    case 'nesterov':
      return { ...target, momentum: 'momentum' in old ? old.momentum : target.momentum }
    case 'rmsprop':
      return { ...target, epsilon: epsilon ?? target.epsilon }
    case 'adam':
    case 'adamw': {
      const { beta1, beta2 } = 'beta1' in old ? old : target
      return { ...target, beta1, beta2, epsilon: epsilon ?? target.epsilon }
    }
  }
  return target
}

/** Another schedule with the same warm-up; steps halve the rate four times in the run. */
export function changeScheduleKind(spec: ExperimentSpec, kind: ScheduleSpec['kind']): ExperimentSpec {
  if (kind === spec.schedule.kind) return spec
  const { warmup } = spec.schedule
  if (kind === 'step') {
    const every = Math.max(1, Math.round(spec.training.steps / 5))
    return { ...spec, schedule: { ...defaultSchedule.step, warmup, every } }
  }
  return { ...spec, schedule: { ...defaultSchedule[kind], warmup } }
}
