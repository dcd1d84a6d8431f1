import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { BufferScope } from '../gpu/buffers'
import { openGpu, type Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { resetMoments, resetMomentsDispatch } from '../spectral/kernels/resetMoments'
import { SubmitQueue } from './submitQueue'

let gpu: Gpu
let scope: BufferScope
/** One dispatch that takes next to no time. */
let quick: Plan

beforeAll(async () => {
  gpu = await openGpu()
  scope = new BufferScope(gpu)
  const kernel = await gpu.pipelines.compile(resetMoments, {})
  quick = [resetMomentsDispatch(kernel, scope, scope.storage('moments', 64))]
})
afterAll(() => {
  scope.destroy()
  gpu.close()
})

test('what was queued counts as done although another session never stops queueing', async () => {
  const queue = new SubmitQueue(gpu)
  let rounds = 0
  let stopped = false
  const feed = (): void => {
    rounds++
    if (stopped) return
    queue.enqueue({ owner: queue, kind: 'training', plan: quick, repeat: 1, onSubmitted: feed }).catch(() => {})
  }
  feed()
  feed()
  const drained = queue.drain({}).then(() => 'drained')
  const gaveUp = vi.waitUntil(() => rounds > 2_000, { timeout: 50_000 }).then(() => 'gave up')
  expect(await Promise.race([drained, gaveUp])).toBe('drained')
  stopped = true
})

test('submits that end for another reason than their size do not let later ones grow', async () => {
  const queue = new SubmitQueue(gpu)
  const owner = {}
  const room = Array.from({ length: 60 }, (_, index) =>
    index % 2 === 0
      ? queue.enqueue({ owner, kind: 'training', plan: [], repeat: 0 })
      : queue.enqueue({ owner, kind: 'measuring', plan: quick, repeat: 1 }),
  )
  await Promise.all(room)
  await queue.drain(owner)
  const submit = vi.spyOn(gpu.device.queue, 'submit')
  const costly = quick.map((dispatch) => ({ ...dispatch, cost: 4e6 }))
  await queue.enqueue({ owner, kind: 'training', plan: costly, repeat: 200 })
  await queue.drain(owner)
  expect(submit.mock.calls.length).toBeGreaterThanOrEqual(5)
})

test('waiting for a session that was ended rejects', async () => {
  const queue = new SubmitQueue(gpu)
  const owner = {}
  queue.discard(owner)
  await expect(queue.drain(owner)).rejects.toThrow('the session was ended')
})
