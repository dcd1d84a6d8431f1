import type { NumberSettingPath } from '../../experiment/settings'
import type { TermId } from './terms'

// Which word of the glossary stands behind which setting. The setting's own sentence says what its number does; the
// glossary adds the idea, its formula and where it comes from.

interface Entry {
  readonly term: TermId
}

/** By the path of a number; numbers that explain themselves have no entry. */
export const numberTerms: Readonly<Partial<Record<NumberSettingPath, Entry>>> = {
  seed: { term: 'seed' },
  'data.labelNoise': { term: 'labelNoise' },
  'data.heldOut': { term: 'heldOut' },
  'data.heldOut.last': { term: 'heldOut' },
  'data.scale': { term: 'receptiveField' },
  'data.rank': { term: 'intrinsicDimension' },
  'layers.units': { term: 'direction' },
  'layers.kernel': { term: 'kernel' },
  'layers.stride': { term: 'stride' },
  'layers.dilation': { term: 'dilation' },
  'layers.groups': { term: 'groups' },
  'layers.dropout': { term: 'dropout' },
  'initialisation.scale': { term: 'initialisation' },
  'loss.labelSmoothing': { term: 'labelSmoothing' },
  'optimizer.learningRate': { term: 'learningRate' },
  'optimizer.weightDecay': { term: 'weightDecay' },
  'optimizer.momentum': { term: 'momentum' },
  'optimizer.decay': { term: 'rmsprop' },
  'optimizer.beta1': { term: 'adam' },
  'optimizer.beta2': { term: 'adam' },
  'schedule.warmup': { term: 'warmup' },
  'schedule.every': { term: 'stepSchedule' },
  'schedule.factor': { term: 'stepSchedule' },
  'schedule.floor': { term: 'cosineSchedule' },
  'training.batchSize': { term: 'batch' },
  'training.steps': { term: 'step' },
  'training.augmentation.crop': { term: 'randomCrop' },
  'training.clipNorm': { term: 'gradientClipping' },
  'training.l1': { term: 'l1' },
  'training.l2': { term: 'l2' },
  'monitor.samples': { term: 'provisional' },
  'monitor.cadence': { term: 'column' },
  'monitor.threshold': { term: 'threshold' },
}

/** By the path of a choice and the option taken; `any` where all its options are explained by one word. */
const choiceTerms: Readonly<Record<string, Readonly<Record<string, Entry>>>> = {
  'data.heldOut.kind': { any: { term: 'heldOut' } },
  'data.standardise': { any: { term: 'standardise' } },
  'layers.kind': {
    conv: { term: 'convolution' },
    transposedConv: { term: 'transposedConvolution' },
    maxPool: { term: 'pooling' },
    averagePool: { term: 'pooling' },
    globalAveragePool: { term: 'globalPooling' },
    upsample: { term: 'upsampling' },
    residual: { term: 'residualBlock' },
  },
  'layers.padding': { any: { term: 'padding' } },
  'layers.groups': { any: { term: 'groups' } },
  'layers.normalisation': { batch: { term: 'batchNorm' }, layer: { term: 'layerNorm' } },
  'layers.dropped': { any: { term: 'dropout' } },
  'layers.order': { any: { term: 'residualOrder' } },
  initialisation: {
    torch: { term: 'torchInitialisation' },
    he: { term: 'heInitialisation' },
    glorot: { term: 'glorotInitialisation' },
    lecun: { term: 'lecunInitialisation' },
    normal: { term: 'initialisation' },
  },
  'loss.kind': {
    crossEntropy: { term: 'crossEntropy' },
    binaryCrossEntropy: { term: 'binaryCrossEntropy' },
    meanSquaredError: { term: 'meanSquaredError' },
    reconstruction: { term: 'reconstruction' },
  },
  'optimizer.kind': {
    sgd: { term: 'sgd' },
    momentum: { term: 'momentum' },
    nesterov: { term: 'nesterov' },
    rmsprop: { term: 'rmsprop' },
    adam: { term: 'adam' },
    adamw: { term: 'adamw' },
  },
  'schedule.kind': {
    constant: { term: 'schedule' },
    step: { term: 'stepSchedule' },
    cosine: { term: 'cosineSchedule' },
  },
  'training.augmentation.flip': { any: { term: 'randomFlip' } },
  'monitor.source': { probe: { term: 'probe' }, train: { term: 'window' } },
  'monitor.output': { any: { term: 'measuredOutput' } },
  'monitor.sampling': { any: { term: 'sampling' } },
}

/** The word behind the option that was taken of a choice; undefined where it explains itself. */
export function choiceTerm(path: string, option: string): TermId | undefined {
  const terms = choiceTerms[path]
  return (terms?.[option] ?? terms?.['any'])?.term
}
