import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parseColour } from './parseColour'

it('reads the hex colours of the tokens', () => {
  expect(parseColour(' #0072b2 ')).toEqual([0, 0x72, 0xb2])
  expect(parseColour('#FFFFFF')).toEqual([255, 255, 255])
})

it('finds every surface token of the theme to be such a colour', () => {
  const tokens = readFileSync(new URL('../theme/tokens.css', import.meta.url), 'utf8')
  const surfaces = [...tokens.matchAll(/--surface: ([^;]+);/g)].map((match) => match[1]!)
  expect(surfaces.length).toBeGreaterThan(1)
  for (const surface of surfaces) expect(surface).toMatch(/^#[0-9a-f]{6}$/)
})

it('is grey for what it cannot read', () => {
  expect(parseColour('oklch(0.5 0.1 20)')).toEqual([128, 128, 128])
})
