import { expect, test } from 'vitest'
import { describeUnknown, hideable, readPageOptions } from './pageOptions'

test('an address without options asks for the whole page', () => {
  for (const search of ['', '?', '?engine=reference', '?method=limits', '?hide=', '?hide=,']) {
    expect(readPageOptions(search), search).toEqual({
      isEmbedded: false,
      isLarge: false,
      hidden: new Set(),
      unknown: [],
    })
  }
})

test('flags need no value, and a value can take them back', () => {
  expect(readPageOptions('?embed&large')).toMatchObject({ isEmbedded: true, isLarge: true })
  expect(readPageOptions('?embed=1&large=yes')).toMatchObject({ isEmbedded: true, isLarge: true })
  expect(readPageOptions('?embed=0&large=False')).toMatchObject({ isEmbedded: false, isLarge: false })
})

test('names to hide may stand in one list or several, in any case, with spaces, twice', () => {
  const { hidden, unknown } = readPageOptions('?hide=network,%20Data&large&hide=SHARE,network')
  expect([...hidden]).toEqual(['network', 'data', 'share'])
  expect(unknown).toEqual([])
})

test('every part of the list can be hidden by its name', () => {
  for (const name of Object.keys(hideable)) expect([...readPageOptions(`?hide=${name}`).hidden]).toEqual([name])
})

test('names that the page does not know are kept apart and told once, with those it knows', () => {
  const { hidden, unknown } = readPageOptions('?hide=netwrok,spectrum,netwrok,constructor')
  expect([...hidden]).toEqual(['spectrum'])
  expect(unknown).toEqual(['netwrok', 'constructor'])
  expect(describeUnknown(unknown)).toMatch(
    /^There is nothing called “netwrok” or “constructor” to hide\. What can be hidden: presets, .*comparison\.$/,
  )
  expect(describeUnknown([])).toBeUndefined()
})

test('a frame keeps the heatmap and the play bar, and what is named besides goes too', () => {
  const { hidden } = readPageOptions('?embed&hide=pace')
  for (const part of ['network', 'data', 'spectrum', 'curves', 'surface', 'pace'] as const) {
    expect(hidden.has(part), part).toBe(true)
  }
  expect(hidden.has('play')).toBe(false)
  expect(hidden.has('legend')).toBe(false)
})
