import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** Custom properties of the first block that opens with `selector`. */
function readBlock(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`)
  if (start < 0) throw new Error(`tokens.css has no block ${selector}`)
  const body = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  )
}

/** WCAG 2 relative luminance of “#rrggbb”. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  const [red = NaN, green = NaN, blue = NaN] = channels
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low = NaN, high = NaN] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const themes = { light: readBlock(':root'), dark: readBlock(":root[data-theme='dark']") }
const surfaces = ['page', 'surface', 'surface-raised', 'surface-sunken']

describe.each(Object.entries(themes))('the %s theme', (_name, tokens) => {
  const against = (name: string, background: string) => contrast(tokens[name] ?? '', tokens[background] ?? '')

  test.each(['ink', 'ink-muted', 'ink-faint', 'accent', 'warn', 'error', 'ok'])(
    '%s can be read on every surface',
    (name) => {
      for (const surface of surfaces) expect(against(name, surface), `on ${surface}`).toBeGreaterThanOrEqual(4.5)
    },
  )

  test.each(['run-a', 'run-b', 'run-c', 'run-d', 'focus', 'line-strong'])(
    '%s stands out from the chart surfaces',
    (name) => {
      for (const surface of ['page', 'surface'])
        expect(against(name, surface), `on ${surface}`).toBeGreaterThanOrEqual(3)
    },
  )

  test('text on coloured grounds can be read', () => {
    expect(against('accent-ink', 'accent')).toBeGreaterThanOrEqual(4.5)
    expect(against('ink', 'accent-wash')).toBeGreaterThanOrEqual(4.5)
    expect(against('accent', 'accent-wash')).toBeGreaterThanOrEqual(4.5)
    expect(against('warn', 'warn-wash')).toBeGreaterThanOrEqual(4.5)
    expect(against('error', 'error-wash')).toBeGreaterThanOrEqual(4.5)
  })
})

test('dark is the same whether the system or the user asked for it', () => {
  expect(readBlock(":root:not([data-theme='light'])")).toEqual(themes.dark)
})
