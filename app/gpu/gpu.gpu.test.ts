import { expect, test } from 'vitest'
import { openGpu } from './device'

test('the test browser has WebGPU', async () => {
  const gpu = await openGpu()
  expect(gpu.adapterName).not.toBe('')
  
  gpu.close()
})
