import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from './buffers'
import { openGpu, type Gpu } from './device'
import { GpuError } from './errors'
import { StagingRing, readSlice } from './readback'

let gpu: Gpu

beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => {
  gpu.close()
})

const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof GpuError ? error.fault : String(error)),
  )

describe('the buffer ledger', () => {
  test('counts live buffers by label and is empty once their scope is gone', () => {
    const before = gpu.ledger.total()
    const scope = new BufferScope(gpu)
    scope.storage('weights', 4096)
    scope.storageWith('weights', Float32Array.of(1, 2, 3, 4, 5))
    scope.uniform('size', new ArrayBuffer(16))
    scope.staging('results', 2)
    expect(gpu.ledger.byLabel().get('weights')).toEqual({ count: 2, bytes: 4096 + 20 })
    expect(gpu.ledger.byLabel().get('results')).toEqual({ count: 1, bytes: 16 })
    expect(gpu.ledger.total()).toEqual({ count: before.count + 4, bytes: before.bytes + 4096 + 20 + 16 + 16 })
    scope.destroy()
    expect(gpu.ledger.total()).toEqual(before)
    expect(gpu.ledger.byLabel().size).toBe(before.count)
  })

  test('refuses a buffer beyond the adapter’s limits with its name and both figures', () => {
    const scope = new BufferScope(gpu)
    const count = gpu.ledger.total().count
    const limit = Math.min(gpu.limits.maxBufferSize, gpu.limits.maxStorageBufferBindingSize)
    expect(() => scope.storage('data set', limit + 4)).toThrow(/“data set” needs .*; this graphics adapter allows /)
    expect(gpu.ledger.total().count).toBe(count)
  })
})

describe('reading a slice', () => {
  test('gives the bytes of the slice and leaves no buffer behind', async () => {
    const scope = new BufferScope(gpu)
    const buffer = scope.storageWith(
      'numbers',
      Uint32Array.from({ length: 100 }, (_, index) => index),
    )
    const count = gpu.ledger.total().count
    const bytes = await readSlice(gpu, { buffer, offset: 40, size: 12 })
    expect(new Uint32Array(bytes)).toEqual(Uint32Array.of(10, 11, 12))
    expect(gpu.ledger.total().count).toBe(count)
    scope.destroy()
  })

  test('rejects as lost where the device goes meanwhile, and leaves no buffer behind', async () => {
    const doomed = await openGpu()
    const buffer = new BufferScope(doomed).storage('numbers', 64)
    const reading = readSlice(doomed, wholeBuffer(buffer))
    doomed.device.destroy()
    expect(await faultOf(reading)).toBe('device-lost')
    expect(doomed.ledger.byLabel().has('readback')).toBe(false)
  })
})

describe('the staging ring', () => {
  function setUp(count: number) {
    const scope = new BufferScope(gpu)
    const buffer = scope.storageWith('numbers', Uint32Array.of(7, 8, 9, 10))
    const ring = new StagingRing(scope, 'results', 32, count)
    const copy = (...slices: [offset: number, size: number][]) => {
      const encoder = gpu.device.createCommandEncoder()
      const take = ring.copy(
        encoder,
        slices.map(([offset, size]) => ({ buffer, offset, size })),
      )
      gpu.device.queue.submit([encoder.finish()])
      return take
    }
    return { scope, copy }
  }

  test('packs slices in the order given', async () => {
    const { scope, copy } = setUp(1)
    expect(new Uint32Array(await copy([8, 8], [0, 4])())).toEqual(Uint32Array.of(9, 10, 7))
    scope.destroy()
  })

  test('is used up after as many copies as it has buffers and free again once one is taken', async () => {
    const { scope, copy } = setUp(2)
    const first = copy([0, 4])
    const second = copy([4, 4])
    expect(() => copy([8, 4])).toThrow('every staging buffer of the ring is on its way')
    expect(new Uint32Array(await second())).toEqual(Uint32Array.of(8))
    expect(new Uint32Array(await copy([12, 4])())).toEqual(Uint32Array.of(10))
    expect(new Uint32Array(await first())).toEqual(Uint32Array.of(7))
    scope.destroy()
  })

  test('refuses more bytes than a buffer holds without using one up', async () => {
    const { scope, copy } = setUp(1)
    expect(() => copy([0, 16], [0, 16], [0, 4])).toThrow('holds 32 bytes, 36 were to be copied')
    expect(new Uint32Array(await copy([0, 4])())).toEqual(Uint32Array.of(7))
    scope.destroy()
  })

  test('rejects as released where its scope is destroyed meanwhile', async () => {
    const { scope, copy } = setUp(1)
    const taking = copy([0, 4])()
    scope.destroy()
    expect(await faultOf(taking)).toBe('released')
  })
})
