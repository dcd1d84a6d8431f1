import { expect, test } from 'vitest'
import { sectionOf, withMethod, withoutMethod } from './methodAddress'

test('an address asks for the page, for a section of it, or not at all', () => {
  expect(sectionOf('?method')).toBe('')
  expect(sectionOf('?large&method=limits')).toBe('limits')
  expect(sectionOf('?large')).toBeUndefined()
  expect(sectionOf('')).toBeUndefined()
})

test('opening and closing the page leaves the other options as they were', () => {
  expect(withMethod('')).toBe('?method')
  expect(withMethod('?large&hide=data,network', 'errors')).toBe('?large&hide=data%2Cnetwork&method=errors')
  expect(withMethod('?method=errors&large', 'limits')).toBe('?method=limits&large')
  expect(withoutMethod('?large&method=errors')).toBe('?large')
  expect(withoutMethod('?method')).toBe('')
})
