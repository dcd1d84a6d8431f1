import { expect, test } from 'vitest'
import { flatShape } from '../../experiment/tensorShape'
import { describeInFull, type DataSummary } from './describeData'

const images: DataSummary = {
  name: 'digits 14×14',
  task: { kind: 'classification', classes: 10, classNames: [] },
  shape: { height: 14, width: 14, channels: 1 },
  features: 196,
  trainingCount: 4800,
  heldOutCount: 1200,
  notes: [],
  preview: { count: 0, inputs: new Float32Array(0), targets: new Float32Array(0) },
}

test('images are described by their size, tables by their inputs', () => {
  expect(describeInFull(images)[0]).toBe('4,800 + 1,200 held out · 14×14 · 10 classes')
  expect(describeInFull({ ...images, shape: { height: 32, width: 32, channels: 3 } })[0]).toContain('32×32×3')
  expect(describeInFull({ ...images, shape: flatShape(12) })[0]).toContain('12 inputs')
  expect(describeInFull({ ...images, shape: flatShape(1) })[0]).toContain('1 input ·')
})

test('what is not there is not mentioned', () => {
  const values = { ...images, task: { kind: 'regression', outputs: 1 } as const, heldOutCount: 0 }
  expect(describeInFull(values)[0]).toBe('4,800 samples · 14×14 · values')
})

test('classes are named where their names say something, and what is to be known follows', () => {
  const named = (classNames: readonly string[]) => ({
    ...images,
    task: { kind: 'classification', classes: classNames.length, classNames } as const,
    notes: ['7 pictures left out.'],
  })
  expect(describeInFull(named(['cat', 'dog'])).slice(1)).toEqual(['Classes: cat, dog', '7 pictures left out.'])
  expect(describeInFull(named(['0', '10', 'A'])).slice(1)).toEqual(['7 pictures left out.'])
  const many = Array.from({ length: 22 }, (_, index) => `bird ${index}`)
  expect(describeInFull(named(many))[1]).toMatch(/^Classes: bird 0, .+, bird 19 and 2 more$/)
})
