import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
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

describe('the time of a submit', () => {
  // A clock that moves with every look at it: a submit of next to nothing may end within the browser's resolution.
  beforeEach(() => {
    let now = performance.now()
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 5))
  })
  afterEach(() => void vi.restoreAllMocks())

  const costing = (cost: number): Plan => quick.map((dispatch) => ({ ...dispatch, cost }))

  test('that several owners share is charged to each in proportion to its costs, kind by kind', async () => {
    const queue = new SubmitQueue(gpu)
    const [first, second, idle] = [{}, {}, {}]
    const since = performance.now()
    // Two submits in flight, so that what follows waits and goes into one.
    const busy = {}
    for (let count = 0; count < 2; count++) {
      void queue.enqueue({ owner: busy, kind: 'training', plan: costing(4e6), repeat: 1 })
    }
    void queue.enqueue({ owner: first, kind: 'training', plan: costing(3e5), repeat: 2 })
    void queue.enqueue({ owner: second, kind: 'training', plan: costing(2e5), repeat: 1 })
    void queue.enqueue({ owner: second, kind: 'measuring', plan: quick, repeat: 1 })
    await queue.drain(idle)
    const [most, least] = [queue.spentOn(first), queue.spentOn(second)]
    expect(least.training).toBeGreaterThan(0)
    expect(most.training / least.training).toBeCloseTo(3, 6)
    expect(most.measuring).toBe(0)
    expect(least.measuring).toBeGreaterThan(0)
    const everything = [first, second, busy, idle].map((owner) => queue.spentOn(owner))
    const total = everything.reduce((sum, { training, measuring }) => sum + training + measuring, 0)
    expect(total).toBeLessThanOrEqual(performance.now() - since)
  })

  test('that holds copies alone is shared alike', async () => {
    const queue = new SubmitQueue(gpu)
    const owners = [{}, {}, {}]
    const busy = {}
    for (let count = 0; count < 2; count++) {
      void queue.enqueue({ owner: busy, kind: 'measuring', plan: costing(4e6), repeat: 1 })
    }
    const copy = (): void => {}
    for (const owner of owners) void queue.enqueue({ owner, kind: 'training', plan: [], repeat: 0, copy })
    await queue.drain(owners[0]!)
    const [first, ...others] = owners.map((owner) => queue.spentOn(owner).training)
    expect(first).toBeGreaterThan(0)
    expect(others).toEqual([first, first])
  })
})
