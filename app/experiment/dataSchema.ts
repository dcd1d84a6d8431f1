import * as v from 'valibot'
import { standardiseChoices, taskChoices } from './choices'
import { defaultData } from './defaults'
import {
  booleanField,
  choiceField,
  closedObject,
  isRecord,
  kindField,
  numberField,
  objectByKind,
  requiredNumber,
  textField,
} from './fields'
import type { DataKind, FileDataSpec } from './dataSpec'
import { LONGEST_TABLE_ROW } from './textLimits'

type GeneratedKind = Exclude<DataKind, FileDataSpec['kind']>

/** As they are, unless a size is given. */
const optionalSize = v.optional(v.nullable(requiredNumber('data.resize')), null)
const heldOutShare = requiredNumber('data.heldOut')
const heldOutLast = closedObject('Held out', { last: numberField('data.heldOut.last') })

function commonFields(kind: DataKind) {
  const { heldOut, standardise } = defaultData[kind]
  return {
    heldOut: v.optional(
      v.lazy((input) => (isRecord(input) ? heldOutLast : heldOutShare)),
      heldOut,
    ),
    standardise: v.optional(choiceField('Standardise', standardiseChoices), standardise),
  }
}

function generatedFields(kind: GeneratedKind) {
  const { samples, noise } = defaultData[kind]
  return {
    ...commonFields(kind),
    samples: numberField('data.samples', samples),
    noise: numberField('data.noise', noise),
  }
}

function labelledFields(kind: Exclude<GeneratedKind, 'plane' | 'hills'>) {
  return { ...generatedFields(kind), labelNoise: numberField('data.labelNoise', defaultData[kind].labelNoise) }
}

function planeData<const Kind extends 'circle' | 'xor' | 'spirals' | 'moons' | 'checkerboard'>(kind: Kind) {
  return closedObject('Data', { kind: kindField(kind), ...labelledFields(kind) })
}

function surfaceData<const Kind extends 'plane' | 'hills'>(kind: Kind) {
  return closedObject('Data', { kind: kindField(kind), ...generatedFields(kind) })
}

const { gaussians, subspace, teacher, digits, shapes, textures, cifar10, images } = defaultData

const schemas = {
  circle: planeData('circle'),
  xor: planeData('xor'),
  spirals: planeData('spirals'),
  moons: planeData('moons'),
  checkerboard: planeData('checkerboard'),
  plane: surfaceData('plane'),
  hills: surfaceData('hills'),
  gaussians: closedObject('Data', {
    kind: kindField('gaussians'),
    ...labelledFields('gaussians'),
    classes: numberField('data.classes', gaussians.classes),
  }),
  subspace: closedObject('Data', {
    kind: kindField('subspace'),
    ...labelledFields('subspace'),
    dimensions: numberField('data.dimensions', subspace.dimensions),
    rank: numberField('data.rank', subspace.rank),
    classes: numberField('data.classes', subspace.classes),
  }),
  teacher: closedObject('Data', {
    kind: kindField('teacher'),
    ...labelledFields('teacher'),
    dimensions: numberField('data.dimensions', teacher.dimensions),
    hidden: numberField('data.hidden', teacher.hidden),
    classes: numberField('data.classes', teacher.classes),
  }),
  digits: closedObject('Data', {
    kind: kindField('digits'),
    ...labelledFields('digits'),
    size: numberField('data.size', digits.size),
    classes: numberField('data.classes', digits.classes),
  }),
  shapes: closedObject('Data', {
    kind: kindField('shapes'),
    ...labelledFields('shapes'),
    size: numberField('data.size', shapes.size),
    classes: numberField('data.classes', shapes.classes),
    jitter: numberField('data.jitter', shapes.jitter),
    rotation: numberField('data.rotation', shapes.rotation),
    colour: numberField('data.colour', shapes.colour),
    clutter: numberField('data.clutter', shapes.clutter),
  }),
  textures: closedObject('Data', {
    kind: kindField('textures'),
    ...labelledFields('textures'),
    size: numberField('data.size', textures.size),
    classes: numberField('data.classes', textures.classes),
    scale: numberField('data.scale', textures.scale),
  }),
  idx: closedObject('Data', { kind: kindField('idx'), ...commonFields('idx'), resize: optionalSize }),
  cifar10: closedObject('Data', {
    kind: kindField('cifar10'),
    ...commonFields('cifar10'),
    resize: optionalSize,
    grayscale: booleanField('Grayscale', cifar10.grayscale),
  }),
  images: closedObject('Data', {
    kind: kindField('images'),
    ...commonFields('images'),
    resize: numberField('data.resize', images.resize),
    grayscale: booleanField('Grayscale', images.grayscale),
  }),
  csv: closedObject('Data', {
    kind: kindField('csv'),
    ...commonFields('csv'),
    // A name may fill the header: whole questions of a survey do.
    target: v.optional(v.nullable(textField('Target column', LONGEST_TABLE_ROW)), defaultData.csv.target),
    task: v.optional(v.nullable(choiceField('Task', taskChoices)), defaultData.csv.task),
  }),
}

export const dataSchema = objectByKind('Data', schemas, 'digits')
