import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer, type BufferSlice } from '../../gpu/buffers'
import type { AugmentationSpec } from '../../experiment/spec'
import { elementsOf, flatShape, type TensorShape } from '../../experiment/tensorShape'
import { openGpu, type Gpu } from '../../gpu/device'
import { packRows, padRows } from '../padding'
import { createBatch, gatherTraining, type ReferenceSamples } from '../reference/batch'
import { batchRows } from '../reference/permutation'
import { uploadSamples, type SampleTable } from '../sampleTable'
import { compileGather, gatherBatch, gatherBatchDispatches } from './gather'
import { runAndRead, testValues } from './kernelTesting'

let gpu: Gpu
let scope: BufferScope

beforeAll(async () => {
  gpu = await openGpu()
  scope = new BufferScope(gpu)
})
afterAll(() => {
  scope.destroy()
  gpu.close()
})

function makeTable(rows: number, features: number, targetColumns: number): SampleTable {
  return {
    rows,
    features,
    targetColumns,
    inputs: testValues(rows * features, features),
    targets: testValues(rows * targetColumns, 99),
  }
}

function makeDestination(table: SampleTable, rows: number) {
  const inputs = scope.storageWith('inputs', padRows(new Float32Array(rows * table.features), rows, table.features))
  const targets = scope.storageWith(
    'targets',
    padRows(new Float32Array(rows * table.targetColumns), rows, table.targetColumns),
  )
  return { rows, inputs: wholeBuffer(inputs), targets: wholeBuffer(targets) }
}

function controlAt(place: { readonly epoch: number; readonly epochOffset: number }): BufferSlice {
  const words = Uint32Array.of(0, place.epoch, place.epochOffset, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  return wholeBuffer(scope.storageWith('control', words))
}

const SEED = 4_000_000_007

/** A binding limit that cuts the table into several chunks of a few rows. */
const SMALL_BINDING = 2048

test('a training batch holds the samples the permutation names, from one chunk or many, running on into later epochs', async () => {
  const augmentation: AugmentationSpec = { crop: 0, flip: false }
  const kernel = await compileGather(gpu, augmentation)
  const cases = [
    { rows: 1, features: 1, columns: 1, training: 1, batch: 5 },
    { rows: 3, features: 2, columns: 1, training: 2, batch: 7 },
    { rows: 90, features: 17, columns: 3, training: 64, batch: 33 },
    { rows: 40, features: 257, columns: 5, training: 31, batch: 100 },
  ]
  for (const { rows, features, columns, training, batch } of cases) {
    const table = makeTable(rows, features, columns)
    const start = { epoch: 3, epochOffset: training - 1 }
    const control = controlAt(start)
    const expected = new Uint32Array(batch)
    batchRows(expected, training, SEED, start)
    for (const limit of [SMALL_BINDING, gpu.limits.maxStorageBufferBindingSize]) {
      const samples = uploadSamples(scope, table, limit)
      const to = makeDestination(table, batch)
      const source = { samples, shape: flatShape(features), trainingCount: training, seed: SEED, control, augmentation }
      const plan = gatherBatchDispatches(kernel, scope, source, to)
      const [inputs, targets] = await runAndRead(gpu, plan, [to.inputs.buffer, to.targets.buffer])
      expect(inputs).toEqual(packRows(table.inputs, features, expected))
      expect(targets).toEqual(packRows(table.targets, columns, expected))
    }
    if (rows > 8) expect(uploadSamples(scope, table, SMALL_BINDING).chunks.length).toBeGreaterThan(3)
  }
})

interface ImageCase {
  readonly shape: TensorShape
  readonly augmentation: AugmentationSpec
  /** Training samples, and how many of them make a batch. */
  readonly training: number
  readonly batch: number
}

const imageCases: readonly ImageCase[] = [
  { shape: { height: 1, width: 1, channels: 1 }, augmentation: { crop: 1, flip: true }, training: 3, batch: 7 },
  { shape: { height: 5, width: 7, channels: 3 }, augmentation: { crop: 4, flip: true }, training: 20, batch: 45 },
  { shape: { height: 8, width: 8, channels: 1 }, augmentation: { crop: 2, flip: false }, training: 17, batch: 17 },
  { shape: { height: 9, width: 9, channels: 4 }, augmentation: { crop: 0, flip: true }, training: 18, batch: 16 },
  { shape: { height: 2, width: 1, channels: 5 }, augmentation: { crop: 9, flip: true }, training: 40, batch: 33 },
]

test.each(imageCases)(
  'images of $shape.height×$shape.width×$shape.channels are shifted and mirrored as the twin has it, to the bit',
  async ({ shape, augmentation, training, batch }) => {
    const kernel = await compileGather(gpu, augmentation)
    const table = makeTable(training + 2, elementsOf(shape), 1)
    const references: ReferenceSamples = { ...table, shape, trainingCount: training, targetKind: 'values' }
    const start = { epoch: 4_000_000_000, epochOffset: training - 1 }
    const expected = createBatch(references, batch)
    gatherTraining(expected, { samples: references, seed: SEED, augmentation }, start)
    for (const limit of [SMALL_BINDING, gpu.limits.maxStorageBufferBindingSize]) {
      const samples = uploadSamples(scope, table, limit)
      const to = makeDestination(table, batch)
      const source = { samples, shape, trainingCount: training, seed: SEED, control: controlAt(start), augmentation }
      const plan = gatherBatchDispatches(kernel, scope, source, to)
      const [inputs, targets] = await runAndRead(gpu, plan, [to.inputs.buffer, to.targets.buffer])
      expect(inputs).toEqual(padRows(expected.inputs.values, batch, table.features))
      expect(targets).toEqual(padRows(expected.targets.values, batch, 1))
    }
  },
)

test('without crops and flips images are the same to the byte, whichever way they are copied', async () => {
  const shape = { height: 3, width: 5, channels: 3 }
  const augmentation: AugmentationSpec = { crop: 0, flip: false }
  const table = makeTable(20, elementsOf(shape), 2)
  const samples = uploadSamples(scope, table, gpu.limits.maxStorageBufferBindingSize)
  const control = controlAt({ epoch: 1, epochOffset: 3 })
  const source = { samples, shape, trainingCount: 18, seed: SEED, control, augmentation }
  const kernels = await Promise.all([0, 1].map((AUGMENTED) => gpu.pipelines.compile(gatherBatch, { AUGMENTED })))
  const batches = await Promise.all(
    kernels.map((kernel) => {
      const to = makeDestination(table, 30)
      return runAndRead(gpu, gatherBatchDispatches(kernel, scope, source, to), [to.inputs.buffer, to.targets.buffer])
    }),
  )
  expect(batches[1]).toEqual(batches[0])
})
