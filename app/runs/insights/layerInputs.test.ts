import { expect, test } from 'vitest'
import { parseSpecOrThrow } from '../../experiment/schema'
import { layerInputs } from './layerInputs'

const image = { height: 8, width: 8, channels: 3 }

test('every measured layer knows where it stands, what a result sees, and whose results alone they are', () => {
  const { layers } = parseSpecOrThrow({
    data: { kind: 'idx' },
    layers: [
      { kind: 'conv', channels: 4, kernel: 5 },
      { kind: 'maxPool' },
      {
        kind: 'residual',
        layers: [
          { kind: 'conv', channels: 6, stride: 2 },
          { kind: 'conv', channels: 6 },
        ],
      },
      { kind: 'transposedConv', channels: 2, kernel: 3 },
      { units: 12 },
      {},
    ],
  })
  const told = [...layerInputs(layers, image)].map(([name, { place, inputWidth, reads, positions }]) => [
    name,
    place,
    inputWidth,
    reads,
    positions,
  ])
  expect(told).toEqual([
    ['conv 1', 0, 25 * 3, undefined, 64],
    ['block 1 conv 1', [2, 0], 9 * 4, 'conv 1', 4],
    ['block 1 conv 2', [2, 1], 9 * 6, 'block 1 conv 1', 4],
    ['block 1 projection', undefined, 4, 'conv 1', 4],
    // The sum of two ways is not the last convolution's alone.
    ['transposed conv 1', 3, 4 * 6, undefined, 16],
    ['hidden 1', 4, 16 * 2, 'transposed conv 1', 1],
    ['output', 5, 12, 'hidden 1', 1],
  ])
})
