import { expect, test } from 'vitest'
import { wholeAddress } from './wholeAddress'

test('the whole page has the experiment and none of what made the frame small', () => {
  expect(wholeAddress('https://a.example/b/?embed&hide=pace&large&engine=reference#old', '#1-abc&seed=3')).toBe(
    'https://a.example/b/?engine=reference#1-abc&seed=3',
  )
  expect(wholeAddress('https://a.example/b/?embed', '#1-abc')).toBe('https://a.example/b/#1-abc')
})
