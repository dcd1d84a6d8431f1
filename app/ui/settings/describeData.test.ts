import { expect, test } from 'vitest'
import { describeData, type DataSummary } from './describeData'

const images: DataSummary = {
  name: 'digits 14×14',
  task: { kind: 'classification', classes: 10, classNames: [] },
  sampleShape: [14, 14, 1],
  trainingCount: 4800,
  heldOutCount: 1200,
  notes: [],
  preview: { count: 0, inputs: new Float32Array(0), targets: new Float32Array(0) },
}

test('images are described by their size, tables by their inputs', () => {
  expect(describeData(images)).toBe('4,800 + 1,200 held out · 14×14 · 10 classes')
  expect(describeData({ ...images, sampleShape: [32, 32, 3] })).toContain('32×32×3')
  expect(describeData({ ...images, sampleShape: [12] })).toContain('12 inputs')
  expect(describeData({ ...images, sampleShape: [1] })).toContain('1 input ·')
})

test('what is not there is not mentioned', () => {
  const values = { ...images, task: { kind: 'regression', outputs: 1 } as const, heldOutCount: 0 }
  expect(describeData(values)).toBe('4,800 samples · 14×14 · values')
})
