import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { padRows } from '../padding'
import { batchRows } from '../reference/permutation'
import { uploadSamples, type SampleTable } from '../sampleTable'
import { gatherBatch, gatherBatchDispatches, gatherRows, gatherRowsDispatches } from './gather'
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

function pick(values: Float32Array, width: number, rows: ArrayLike<number>): Float32Array {
  const picked = new Float32Array(rows.length * width)
  Array.from(rows).forEach((row, index) => picked.set(values.subarray(row * width, (row + 1) * width), index * width))
  return padRows(picked, rows.length, width)
}

function makeDestination(table: SampleTable, rows: number) {
  const inputs = scope.storageWith('inputs', padRows(new Float32Array(rows * table.features), rows, table.features))
  const targets = scope.storageWith(
    'targets',
    padRows(new Float32Array(rows * table.targetColumns), rows, table.targetColumns),
  )
  return { rows, inputs: wholeBuffer(inputs), targets: wholeBuffer(targets) }
}

/** A binding limit that cuts the table into several chunks of a few rows. */
const SMALL_BINDING = 2048

test('a training batch holds the samples the permutation names, from one chunk or many, running on into later epochs', async () => {
  const kernel = await gpu.pipelines.compile(gatherBatch, {})
  const cases = [
    { rows: 1, features: 1, columns: 1, training: 1, batch: 5 },
    { rows: 3, features: 2, columns: 1, training: 2, batch: 7 },
    { rows: 90, features: 17, columns: 3, training: 64, batch: 33 },
    { rows: 40, features: 257, columns: 5, training: 31, batch: 100 },
  ]
  for (const { rows, features, columns, training, batch } of cases) {
    const table = makeTable(rows, features, columns)
    const start = { epoch: 3, epochOffset: training - 1 }
    const control = scope.storageWith(
      'control',
      Uint32Array.of(0, start.epoch, start.epochOffset, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    )
    const expected = new Uint32Array(batch)
    batchRows(expected, training, 4_000_000_007 % 2 ** 32, start)
    for (const limit of [SMALL_BINDING, gpu.limits.maxStorageBufferBindingSize]) {
      const samples = uploadSamples(scope, table, limit)
      const to = makeDestination(table, batch)
      const order = { trainingCount: training, seed: 4_000_000_007, control: wholeBuffer(control) }
      const plan = gatherBatchDispatches(kernel, scope, samples, to, order)
      const [inputs, targets] = await runAndRead(gpu, plan, [to.inputs.buffer, to.targets.buffer])
      expect(inputs).toEqual(pick(table.inputs, features, expected))
      expect(targets).toEqual(pick(table.targets, columns, expected))
    }
    if (rows > 8) expect(uploadSamples(scope, table, SMALL_BINDING).chunks.length).toBeGreaterThan(3)
  }
})

test('listed rows are copied in the order of the list, and rows beyond the batch are left alone', async () => {
  const kernel = await gpu.pipelines.compile(gatherRows, {})
  const table = makeTable(50, 6, 1)
  const list = Uint32Array.of(9, 8, 7, 49, 0, 20, 20, 31, 2, 48)
  const rowList = wholeBuffer(scope.storageWith('row list', list))
  for (const limit of [SMALL_BINDING / 4, gpu.limits.maxStorageBufferBindingSize]) {
    const samples = uploadSamples(scope, table, limit)
    const to = makeDestination(table, 9)
    const plan = gatherRowsDispatches(kernel, scope, samples, { ...to, rows: 7 }, { rowList, first: 3 })
    const [inputs, targets] = await runAndRead(gpu, plan, [to.inputs.buffer, to.targets.buffer])
    expect(inputs!.subarray(0, 7 * 8)).toEqual(pick(table.inputs, 6, list.subarray(3)))
    expect(inputs!.subarray(7 * 8)).toEqual(new Float32Array(2 * 8))
    expect(targets!.subarray(0, 7 * 4)).toEqual(pick(table.targets, 1, list.subarray(3)))
  }
})
