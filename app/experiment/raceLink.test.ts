import { expect, test } from 'vitest'
import { setWidth } from './edits'
import { writeLink } from './link'
import { presets } from './presetList'
import { presetSpec } from './presets'
import { readRaceLink, writeRaceLink } from './raceLink'

const SPECS = presets.slice(0, 4).map(presetSpec)
const RACE = SPECS.map((spec) => ({ ...spec, training: { ...spec.training, steps: 500 }, seed: 3 }))

test('experiments side by side come back from their link, one to four of them', () => {
  for (let count = 1; count <= 4; count++) {
    const specs = RACE.slice(0, count)
    expect(readRaceLink(writeRaceLink(specs), 4)).toEqual({ ok: true, specs })
  }
})

test('a single experiment has the link it always had', () => {
  expect(writeRaceLink(SPECS.slice(0, 1))).toBe(writeLink(SPECS[0]!))
})

test('a name may hold what parts the experiments', () => {
  const specs = RACE.slice(0, 2).map((spec, index) => ({ ...spec, name: `a ~ b ~${index}-x~1-abc` }))
  expect(readRaceLink(writeRaceLink(specs), 4)).toEqual({ ok: true, specs })
})

test('what cannot race is made to: the first experiment decides seed and steps', () => {
  const [first, second] = [RACE[0]!, { ...setWidth(RACE[0]!, 0, 9), seed: 8 }]
  const read = readRaceLink(writeRaceLink([first, second]), 4)
  expect(read).toEqual({ ok: true, specs: [first, setWidth(first, 0, 9)] })
})

test('too many experiments, and one that is damaged, are named faults', () => {
  const link = writeRaceLink([RACE[0]!, RACE[0]!, RACE[0]!])
  expect(readRaceLink(link, 2)).toMatchObject({
    ok: false,
    faults: [{ path: 'link', message: 'This link has 3 experiments; 2 fit side by side. Ask for fewer.' }],
  })
  expect(readRaceLink(`${link}9`, 4)).toMatchObject({ ok: false })
})

test('an address without an experiment is none', () => {
  expect(readRaceLink('', 4)).toBeUndefined()
  expect(readRaceLink('#model', 4)).toBeUndefined()
})
