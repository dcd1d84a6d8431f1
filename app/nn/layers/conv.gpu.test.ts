import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { runBackward } from '../kernels/convRuns'
import { convCase, randomConvLayer, storeFilters } from '../kernels/convTesting'
import { poisoned } from '../kernels/denseTesting'
import { compileConvBackward, compileConvForward } from './conv'

let gpu: Gpu
beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

const convolution = convCase(4, { height: 16, width: 16, channels: 6 }, 10, {})
const relu = { activation: 'relu', accumulates: false } as const

test('a layer says which variants it runs and how much scratch they need', async () => {
  const form = { activation: 'relu', addsResidual: false } as const
  const shape = { ...convolution, packedInput: false }
  const forward = await compileConvForward(gpu, shape, form, { tile: 32, splits: 2 })
  expect(forward.variants).toEqual({ forward: 'shared tiles of 32, 2 splits' })
  expect(forward.scratchBytes).toBe(2 * 1024 * 12 * 4)
  const backward = await compileConvBackward(gpu, shape, relu, { tile: 8, splits: 4 })
  expect(backward.variants).toEqual({ backwardWeights: 'tiles of 8, 4 splits', backwardInput: 'tiles of 8' })
  expect(backward.scratchBytes).toBe(4 * (9 * 8 + 1) * 12 * 4)
  const packed = await compileConvBackward(gpu, { ...shape, packedInput: true }, undefined, { tile: 8, splits: 4 })
  expect(packed.variants).toEqual({ backwardWeights: 'tiles of 8, 4 splits' })
  expect(packed.scratchBytes).toBe(4 * (56 + 1) * 12 * 4)
})

test('a layer on the network’s input computes no gradient in it, and one on another layer’s wants its buffers', async () => {
  const layer = randomConvLayer(convolution)
  const filters = storeFilters(layer.weights, 9)
  const shape = { ...convolution, packedInput: false }
  const first = await compileConvBackward(gpu, shape, undefined, { tile: 8, splits: 1 })
  expect((await runBackward(gpu, first, layer, filters, undefined)).dispatches).toBe(1)
  const second = await compileConvBackward(gpu, shape, relu, { tile: 8, splits: 1 })
  const scope = new BufferScope(gpu)
  const buffer = poisoned(scope, 1, 4)
  const buffers = {
    input: buffer,
    outputGradient: buffer,
    weightGradient: buffer,
    biasGradient: buffer,
    scratch: buffer,
  }
  expect(() => second.dispatches(scope, { ...buffers, share: undefined })).toThrow('needs its buffers')
  scope.destroy()
})
