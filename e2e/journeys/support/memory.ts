import type { CDPSession, Page } from 'playwright/test'
import { runInTrainingWorker } from './workerHook'
import { attachWorkers, type WorkerTarget } from './workerTargets'

/** What a page holds once everything unreachable is gone. */
export interface MemoryUse {
  /** Bytes of the page, of the worker that trains and of the one that solves: objects, DOM objects, array buffers. */
  readonly page: number
  readonly training: number
  readonly eigen: number
  /** Bytes of GPU buffers that were made and not destroyed. */
  readonly gpuBuffers: number
  /** DOM nodes and event listeners, those of detached trees included. */
  readonly nodes: number
  readonly listeners: number
}

/**
 * Keeps account of GPU buffers in the training worker: a buffer counts until it is destroyed, as what is only dropped
 * stays on the GPU for as long as the collector likes.
 */
const countGpuBuffers = `
  globalThis.gpuBuffers = 0
  const { createBuffer } = GPUDevice.prototype
  const { destroy } = GPUBuffer.prototype
  const destroyed = new WeakSet()
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor)
    globalThis.gpuBuffers += buffer.size
    return buffer
  }
  GPUBuffer.prototype.destroy = function () {
    if (!destroyed.has(this)) globalThis.gpuBuffers -= this.size
    destroyed.add(this)
    return destroy.call(this)
  }`

/** Reads the memory of a page and its workers from now on; to be called before the page is opened. */
export async function meterMemory(page: Page): Promise<() => Promise<MemoryUse>> {
  await runInTrainingWorker(page, countGpuBuffers)
  const workers = await attachWorkers(page)
  const session = await page.context().newCDPSession(page)
  const main: WorkerTarget = { name: 'page', send: (method, params) => session.send(method as never, params as never) }
  await session.send('Performance.enable')
  const heapIn = (name: string): Promise<number> => heapOf(findWorker(workers, name))
  return async () => ({
    page: await heapOf(main),
    training: await heapIn('training'),
    eigen: await heapIn('eigen'),
    gpuBuffers: await gpuBuffersOf(findWorker(workers, 'training')),
    ...(await domOf(session)),
  })
}

function findWorker(workers: readonly WorkerTarget[], name: string): WorkerTarget {
  const found = workers.find((worker) => worker.name === name)
  if (!found) throw new Error(`the page has no worker called ${name}`)
  return found
}

interface HeapUsage {
  readonly usedSize: number
  readonly embedderHeapUsedSize: number
  readonly backingStorageSize: number
}

async function heapOf({ send }: WorkerTarget): Promise<number> {
  // What the first round finds unreachable may be all that held on to something else: wrappers of GPU objects do.
  for (let round = 0; round < 2; round++) await send('HeapProfiler.collectGarbage')
  const usage = (await send('Runtime.getHeapUsage')) as HeapUsage
  return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize
}

async function domOf(session: CDPSession): Promise<Pick<MemoryUse, 'nodes' | 'listeners'>> {
  const { metrics } = await session.send('Performance.getMetrics')
  const read = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { nodes: read('Nodes'), listeners: read('JSEventListeners') }
}

async function gpuBuffersOf({ send }: WorkerTarget): Promise<number> {
  const { result } = (await send('Runtime.evaluate', { expression: 'gpuBuffers' })) as { result: { value: number } }
  return result.value
}
