import * as v from 'valibot'
import {
  activationChoices,
  droppedChoices,
  initialisationChoices,
  normalisationChoices,
  orderChoices,
  paddingChoices,
} from './choices'
import { defaultLayers } from './defaults'
import { describeFound } from './faults'
import { choiceField, closedObject, isRecord, kindField, numberField, objectByKind, requiredNumber } from './fields'

// What depends on the place of a layer or on the data stays open; completion.ts fills it in.

const identity = { id: v.optional(requiredNumber('layers.id')) }

const finishing = {
  normalisation: v.optional(choiceField('Normalisation', normalisationChoices), defaultLayers.dense.normalisation),
  activation: v.optional(choiceField('Activation', activationChoices)),
  dropout: numberField('layers.dropout'),
}

const kernelFields = {
  channels: v.optional(requiredNumber('layers.channels')),
  kernel: numberField('layers.kernel'),
  padding: v.optional(choiceField('Padding', paddingChoices), defaultLayers.conv.padding),
  dropped: v.optional(choiceField('Dropped', droppedChoices), defaultLayers.conv.dropped),
}

const denseSchema = closedObject('Layer', {
  kind: kindField('dense'),
  ...identity,
  units: v.optional(requiredNumber('layers.units')),
  ...finishing,
})

const groupName = v.literal(
  'depthwise',
  ({ input }) => `Groups is ${describeFound(input)}; it must be “depthwise” or a whole number.`,
)
const groupNumber = requiredNumber('layers.groups')

const convSchema = closedObject('Layer', {
  kind: kindField('conv'),
  ...identity,
  ...kernelFields,
  stride: numberField('layers.stride', defaultLayers.conv.stride),
  dilation: numberField('layers.dilation'),
  groups: v.optional(
    v.lazy((input) => (typeof input === 'string' ? groupName : groupNumber)),
    defaultLayers.conv.groups,
  ),
  ...finishing,
})

const bodySchema = objectByKind('Layer', { dense: denseSchema, conv: convSchema }, 'dense')

function poolSchema<const Kind extends 'maxPool' | 'averagePool'>(kind: Kind) {
  return closedObject('Layer', {
    kind: kindField(kind),
    ...identity,
    size: numberField('layers.size'),
    stride: v.optional(requiredNumber('layers.stride')),
  })
}

const layerSchema = objectByKind(
  'Layer',
  {
    dense: denseSchema,
    conv: convSchema,
    transposedConv: closedObject('Layer', {
      kind: kindField('transposedConv'),
      ...identity,
      ...kernelFields,
      stride: numberField('layers.stride', defaultLayers.transposedConv.stride),
      ...finishing,
    }),
    maxPool: poolSchema('maxPool'),
    averagePool: poolSchema('averagePool'),
    globalAveragePool: closedObject('Layer', { kind: kindField('globalAveragePool'), ...identity }),
    upsample: closedObject('Layer', { kind: kindField('upsample'), ...identity, factor: numberField('layers.factor') }),
    flatten: closedObject('Layer', { kind: kindField('flatten'), ...identity }),
    residual: closedObject('Layer', {
      kind: kindField('residual'),
      ...identity,
      order: v.optional(choiceField('Order', orderChoices), defaultLayers.residual.order),
      layers: v.pipe(
        v.array(bodySchema, ({ input }) => `A block’s layers are ${describeFound(input)}; they must be a list.`),
        v.minLength(1, 'A residual block has at least one layer. Add one, or remove the block.'),
        v.maxLength(8, ({ input }) => `${input.length} layers in a block are too many; 8 are allowed. Remove some.`),
      ),
    }),
  },
  'dense',
)

export const MOST_LAYERS = 64

export const layersSchema = v.pipe(
  v.array(layerSchema, ({ input }) => `Layers is ${describeFound(input)}; it must be a list of layers in brackets.`),
  v.minLength(1, 'A network has at least one layer, its output. Add one, or leave “layers” out.'),
  v.maxLength(
    MOST_LAYERS,
    ({ input }) => `${input.length} layers are too many; ${MOST_LAYERS} are allowed. Remove some.`,
  ),
)

const namedInitialisations = {
  torch: initialisationChoices.torch,
  he: initialisationChoices.he,
  glorot: initialisationChoices.glorot,
  lecun: initialisationChoices.lecun,
}
const namedInitialisation = choiceField('Initialisation', namedInitialisations)
const normalInitialisation = closedObject('Initialisation', {
  kind: kindField('normal'),
  scale: numberField('initialisation.scale'),
})

export const initialisationSchema = v.lazy((input) => (isRecord(input) ? normalInitialisation : namedInitialisation))
