import { expect, test } from 'vitest'
import { matchRows } from './matchRows'

const outputs = (...names: readonly string[]) => names.map((name) => ({ name }))

test('a single network keeps its outputs as they are', () => {
  const names = ['hidden 1', 'hidden 2', 'output']
  expect(matchRows([outputs(...names)])).toEqual({ names, places: [[0, 1, 2]] })
})

test('layers are matched from the input on, and outputs with each other, however many lie between', () => {
  const deep = outputs('hidden 1', 'hidden 2', 'hidden 3', 'output')
  const shallow = outputs('hidden 1', 'output')
  const names = ['hidden 1', 'hidden 2', 'hidden 3', 'output']
  expect(matchRows([deep, shallow])).toEqual({
    names,
    places: [
      [0, 1, 2, 3],
      [0, undefined, undefined, 1],
    ],
  })
  expect(matchRows([shallow, deep]).names).toEqual(names)
})

test('where only some layers are measured they still stand in the order of the network', () => {
  const { names, places } = matchRows([outputs('hidden 2', 'output'), outputs('hidden 1', 'hidden 10', 'output')])
  expect(names).toEqual(['hidden 1', 'hidden 2', 'hidden 10', 'output'])
  expect(places).toEqual([
    [undefined, 0, undefined, 1],
    [0, undefined, 1, 2],
  ])
})
