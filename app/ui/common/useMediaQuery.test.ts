import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { phoneQuery } from './useMediaQuery'

test('every stylesheet changes to the phone layout at the width at which the components do', () => {
  const folder = new URL('../', import.meta.url)
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'))
  const narrow = sheets.flatMap((name) => {
    const css = readFileSync(new URL(name, folder), 'utf8')
    return [...css.matchAll(/@media[^{]*(\(max-width: [67]\d\d[\d.]*px\))/g)].map(([, query]) => ({ name, query }))
  })
  expect(narrow.length).toBeGreaterThan(3)
  for (const { name, query } of narrow) expect(query, name).toBe(phoneQuery)
})
