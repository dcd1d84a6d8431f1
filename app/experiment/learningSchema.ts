import * as v from 'valibot'
import { defaultLoss, defaultOptimizer, defaultSchedule, defaultTraining } from './defaults'
import { booleanField, closedObject, kindField, numberField, objectByKind, requiredNumber } from './fields'
import type { OptimizerKind } from './spec'

const lossSchemas = {
  crossEntropy: closedObject('Loss', {
    kind: kindField('crossEntropy'),
    labelSmoothing: numberField('loss.labelSmoothing', defaultLoss.crossEntropy.labelSmoothing),
  }),
  binaryCrossEntropy: closedObject('Loss', { kind: kindField('binaryCrossEntropy') }),
  meanSquaredError: closedObject('Loss', { kind: kindField('meanSquaredError') }),
  reconstruction: closedObject('Loss', { kind: kindField('reconstruction') }),
}

function stepFields(kind: OptimizerKind) {
  const { learningRate, weightDecay } = defaultOptimizer[kind]
  return {
    learningRate: numberField('optimizer.learningRate', learningRate),
    weightDecay: numberField('optimizer.weightDecay', weightDecay),
  }
}

const momentumFields = { momentum: numberField('optimizer.momentum') }
const epsilonField = { epsilon: numberField('optimizer.epsilon') }
const adamFields = { beta1: numberField('optimizer.beta1'), beta2: numberField('optimizer.beta2'), ...epsilonField }

export const lossSchema = objectByKind('Loss', lossSchemas, 'crossEntropy')

const optimizerSchemas = {
  sgd: closedObject('Optimizer', { kind: kindField('sgd'), ...stepFields('sgd') }),
  momentum: closedObject('Optimizer', { kind: kindField('momentum'), ...stepFields('momentum'), ...momentumFields }),
  nesterov: closedObject('Optimizer', { kind: kindField('nesterov'), ...stepFields('nesterov'), ...momentumFields }),
  rmsprop: closedObject('Optimizer', {
    kind: kindField('rmsprop'),
    ...stepFields('rmsprop'),
    decay: numberField('optimizer.decay'),
    ...epsilonField,
  }),
  adam: closedObject('Optimizer', { kind: kindField('adam'), ...stepFields('adam'), ...adamFields }),
  adamw: closedObject('Optimizer', { kind: kindField('adamw'), ...stepFields('adamw'), ...adamFields }),
}

const warmupField = { warmup: numberField('schedule.warmup') }

const scheduleSchemas = {
  constant: closedObject('Schedule', { kind: kindField('constant'), ...warmupField }),
  step: closedObject('Schedule', {
    kind: kindField('step'),
    ...warmupField,
    every: numberField('schedule.every'),
    factor: numberField('schedule.factor'),
  }),
  cosine: closedObject('Schedule', {
    kind: kindField('cosine'),
    ...warmupField,
    floor: numberField('schedule.floor', defaultSchedule.cosine.floor),
  }),
}

export const optimizerSchema = objectByKind('Optimizer', optimizerSchemas, 'adam')
export const scheduleSchema = objectByKind('Schedule', scheduleSchemas, 'constant')

export const trainingSchema = closedObject('Training', {
  batchSize: numberField('training.batchSize', defaultTraining.batchSize),
  steps: numberField('training.steps', defaultTraining.steps),
  clipNorm: v.optional(v.nullable(requiredNumber('training.clipNorm')), defaultTraining.clipNorm),
  l1: numberField('training.l1', defaultTraining.l1),
  l2: numberField('training.l2', defaultTraining.l2),
  augmentation: v.optional(
    closedObject('Augmentation', {
      crop: numberField('training.augmentation.crop', defaultTraining.augmentation.crop),
      flip: booleanField('Random flip', defaultTraining.augmentation.flip),
    }),
    {},
  ),
})
