import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { packRows, padRows } from '../padding'
import { batchRows } from '../reference/permutation'
import { uploadSamples, type SampleTable } from '../sampleTable'
import { gatherBatch, gatherBatchDispatches } from './gather'
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
      expect(inputs).toEqual(packRows(table.inputs, features, expected))
      expect(targets).toEqual(packRows(table.targets, columns, expected))
    }
    if (rows > 8) expect(uploadSamples(scope, table, SMALL_BINDING).chunks.length).toBeGreaterThan(3)
  }
})
