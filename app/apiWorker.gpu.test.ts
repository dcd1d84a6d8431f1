import { expect, test } from 'vitest'
import { everyCall } from './apiTesting/everyCall'

test('every function works in a module worker as in the page, to the last bit', async () => {
  const worker = new Worker(new URL('./apiTesting/api.worker.ts', import.meta.url), { type: 'module' })
  const answer = new Promise<unknown>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', ({ message }) => reject(new Error(message || 'the worker did not start')))
  })
  const here = await everyCall()
  expect(await answer).toEqual({ results: here, liveBuffers: [], errors: [] })
  worker.terminate()
})
