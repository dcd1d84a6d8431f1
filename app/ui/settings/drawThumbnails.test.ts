import { expect, test } from 'vitest'
import type { DataSummary } from './describeData'
import { labelAt, thumbnailLayout } from './drawThumbnails'

const images: DataSummary = {
  name: 'shapes',
  task: { kind: 'classification', classes: 2, classNames: ['disc', 'star'] },
  shape: { height: 16, width: 16, channels: 3 },
  features: 768,
  trainingCount: 13,
  heldOutCount: 0,
  notes: [],
  preview: {
    count: 13,
    inputs: new Float32Array(13 * 768),
    targets: Float32Array.from({ length: 13 }, (_, i) => i % 2),
  },
}

test('large images have fewer columns and more rows than small ones', () => {
  expect(thumbnailLayout({ height: 16, width: 16, channels: 3 })).toEqual({
    columns: 12,
    rows: 2,
    width: 214,
    height: 34,
  })
  expect(thumbnailLayout({ height: 32, width: 32, channels: 3 })).toEqual({
    columns: 8,
    rows: 3,
    width: 270,
    height: 100,
  })
})

test('an image is called by the class it belongs to, and an empty place has no name', () => {
  expect(labelAt(images, 0.01, 0.1)).toBe('disc')
  expect(labelAt(images, 0.99, 0.1)).toBe('star')
  expect(labelAt(images, 0.05, 0.6)).toBe('disc')
  expect(labelAt(images, 0.2, 0.9)).toBeUndefined()
  expect(labelAt({ ...images, task: { kind: 'regression', outputs: 1 } }, 0, 0)).toBeUndefined()
})
