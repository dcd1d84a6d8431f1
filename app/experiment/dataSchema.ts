import * as v from 'valibot'
import { standardiseChoices, taskChoices } from './choices'
import { defaultData } from './defaults'
import {
  choiceField,
  closedObject,
  isRecord,
  kindField,
  numberField,
  objectByKind,
  requiredNumber,
  textField,
} from './fields'
import type { DataKind } from './spec'
import { LONGEST_TABLE_ROW } from './textLimits'

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

function generatedFields(kind: Exclude<DataKind, 'idx' | 'csv'>) {
  const { samples, noise } = defaultData[kind]
  return {
    ...commonFields(kind),
    samples: numberField('data.samples', samples),
    noise: numberField('data.noise', noise),
  }
}

function labelledFields(kind: Exclude<DataKind, 'idx' | 'csv' | 'plane' | 'hills'>) {
  return { ...generatedFields(kind), labelNoise: numberField('data.labelNoise', defaultData[kind].labelNoise) }
}

function planeData<const Kind extends 'circle' | 'xor' | 'spirals' | 'moons' | 'checkerboard'>(kind: Kind) {
  return closedObject('Data', { kind: kindField(kind), ...labelledFields(kind) })
}

function surfaceData<const Kind extends 'plane' | 'hills'>(kind: Kind) {
  return closedObject('Data', { kind: kindField(kind), ...generatedFields(kind) })
}

const { gaussians, subspace, teacher, digits } = defaultData

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
  idx: closedObject('Data', { kind: kindField('idx'), ...commonFields('idx') }),
  csv: closedObject('Data', {
    kind: kindField('csv'),
    ...commonFields('csv'),
    // A name may fill the header: whole questions of a survey do.
    target: v.optional(v.nullable(textField('Target column', LONGEST_TABLE_ROW)), defaultData.csv.target),
    task: v.optional(v.nullable(choiceField('Task', taskChoices)), defaultData.csv.task),
  }),
}

export const dataSchema = objectByKind('Data', schemas, 'digits')
