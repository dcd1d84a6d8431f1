import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope } from './buffers'
import { openGpu, type Gpu } from './device'
import { SharedBuffers } from './sharedBuffers'

let gpu: Gpu

beforeAll(async () => {
  gpu = await openGpu()
})
afterAll(() => gpu.close())

test('what is made of one source under one key is made once, and freed with its last user', () => {
  const before = gpu.ledger.total()
  const shared = new SharedBuffers<GPUBuffer>(gpu)
  const [source, other] = [{}, {}]
  const users = Array.from({ length: 5 }, () => new BufferScope(gpu))
  const use = (user: number, from: object, key: string) =>
    shared.use(from, key, users[user]!, (scope) => scope.storage(`shared ${key}`, 64))
  const first = use(0, source, 'a')
  expect(use(1, source, 'a')).toBe(first)
  const different = [use(2, source, 'b'), use(3, other, 'a')]
  expect(new Set([first, ...different]).size).toBe(3)
  users[0]!.destroy()
  users[0]!.destroy()
  expect(gpu.ledger.isLive(first)).toBe(true)
  users[1]!.destroy()
  expect(gpu.ledger.isLive(first)).toBe(false)
  expect(different.every((buffer) => gpu.ledger.isLive(buffer))).toBe(true)
  const again = use(4, source, 'a')
  expect(again).not.toBe(first)
  for (const user of users) user.destroy()
  expect(gpu.ledger.total()).toEqual(before)
})

test('nothing stays behind of an upload that fails, or for a user that is gone', () => {
  const before = gpu.ledger.total()
  const shared = new SharedBuffers<GPUBuffer>(gpu)
  const source = {}
  const user = new BufferScope(gpu)
  const fail = (scope: BufferScope): GPUBuffer => {
    scope.storage('first part', 64)
    throw new Error('no room for the second')
  }
  expect(() => shared.use(source, 'a', user, fail)).toThrow('no room for the second')
  expect(gpu.ledger.total()).toEqual(before)
  user.destroy()
  expect(() => shared.use(source, 'a', user, (scope) => scope.storage('late', 64))).toThrow('was closed')
  expect(gpu.ledger.total()).toEqual(before)
})
