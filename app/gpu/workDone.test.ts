import { expect, test } from 'vitest'
import { submittedWorkDone } from './workDone'

test('waiting for a GPU whose process crashed says that the device was lost', async () => {
  const crash = new Error('A valid external Instance reference no longer exists.')
  const device = { queue: { onSubmittedWorkDone: () => Promise.reject(crash) } }
  await expect(submittedWorkDone(device)).rejects.toMatchObject({ fault: 'device-lost', cause: crash })
})

test('waiting for a GPU that is there resolves with it', async () => {
  const device = { queue: { onSubmittedWorkDone: () => Promise.resolve(undefined) } }
  await expect(submittedWorkDone(device)).resolves.toBeUndefined()
})
