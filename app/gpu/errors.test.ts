import { expect, test } from 'vitest'
import { reportOutOfMemory } from './errors'

/** A device that keeps its open error scopes and meets no error. */
function deviceWithScopes() {
  const open: string[] = []
  const device = {
    pushErrorScope(filter: string) {
      open.push(filter)
      return undefined
    },
    popErrorScope() {
      open.pop()
      return Promise.resolve(null)
    },
  }
  return { device, open }
}

test('work that allocates runs one after another on a device, also behind work that failed', async () => {
  const { device, open } = deviceWithScopes()
  const order: string[] = []
  const work = (name: string) => async () => {
    order.push(`${name} begins in ${open.length} scope`)
    await new Promise((resolve) => setTimeout(resolve, 0))
    order.push(`${name} ends`)
    if (name === 'first') throw new Error('it broke')
    return name
  }
  const outcomes = await Promise.allSettled([
    reportOutOfMemory(device, work('first')),
    reportOutOfMemory(device, work('second')),
  ])
  expect(order).toEqual(['first begins in 1 scope', 'first ends', 'second begins in 1 scope', 'second ends'])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  expect(open).toEqual([])
})
