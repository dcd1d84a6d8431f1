import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { sampleMaps } from '../reference/sampleMaps'
import { padToQuads } from '../testing/activations'
import { AWKWARD_MAPS, randomMaps } from '../testing/featureMaps'
import { flattenMaps, flattenMapsDispatch } from './flattenMaps'

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

test('flattened maps are those of the twin to the bit, without a gap between positions and zeros behind them', async () => {
  const kernel = await gpu.pipelines.compile(flattenMaps, {})
  for (const shape of AWKWARD_MAPS) {
    const { rows, positions, channels } = shape
    const values = randomMaps(shape)
    values[0] = Number.NaN
    const twin = sampleMaps('flatten', values, rows, shape)
    const expected = padToQuads(Float32Array.from(twin.values), rows, twin.columns)
    const source = wholeBuffer(scope.storageWith('maps', padToQuads(values, rows * positions, channels)))
    const flattened = wholeBuffer(scope.storageWith('flattened', new Float32Array(expected.length).fill(7)))
    submitPlan(gpu.device, [flattenMapsDispatch(kernel, scope, shape, { source, flattened })])
    const read = new Uint32Array(await readSlice(gpu, flattened))
    expect(read, `${positions} × ${channels}`).toEqual(new Uint32Array(expected.buffer))
  }
})
