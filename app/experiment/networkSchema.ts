import * as v from 'valibot'
import { activationChoices, initialisationChoices } from './choices'
import { describeFound } from './faults'
import { choiceField, closedObject, isRecord, kindField, numberField, requiredNumber } from './fields'

const layerSchema = closedObject('Layer', {
  kind: kindField('dense'),
  id: v.optional(requiredNumber('layers.id')),
  units: v.optional(requiredNumber('layers.units')),
  activation: v.optional(choiceField('Activation', activationChoices)),
  dropout: numberField('layers.dropout'),
})

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
