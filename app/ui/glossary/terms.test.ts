import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseFormula } from './parseFormula'
import { sources } from './sources'
import { terms } from './terms'

const ui = new URL('../', import.meta.url).pathname
const components = readdirSync(ui, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join(ui, file), 'utf8'))

/** How components name a term: `<Term … id="loss"`, `term="loss"` and, in tables, `term: 'loss'`. */
const usage = /<Term\b[^>]*?\bid="(\w+)"|\bterm(?:=|: )["'](\w+)["']/g

const used = new Set(components.flatMap((code) => [...code.matchAll(usage)].map((match) => match[1] ?? match[2] ?? '')))

test('every term of the glossary is used on the page', () => {
  expect(Object.keys(terms).filter((id) => !used.has(id))).toEqual([])
})

test('every term that the page names is in the glossary', () => {
  expect([...used].filter((id) => !(id in terms))).toEqual([])
})

describe.each(Object.entries(terms))('%s', (_id, { name, text, formula, source }) => {
  test('is explained in one to three plain sentences', () => {
    expect(name).not.toBe('')
    expect(text).toMatch(/^\p{Lu}.*[.]$/u)
    expect(text.split(/[.] /).length).toBeLessThanOrEqual(3)
    expect(text.length).toBeLessThanOrEqual(300)
  })

  test('has a formula that can be set, if any, and a source that is known', () => {
    if (formula !== undefined) for (const line of formula.split('\n')) expect(parseFormula(line)).toBeDefined()
    if (source !== 'definition') expect(sources[source].title).not.toBe('')
  })
})

test('every publication that is kept is named somewhere', () => {
  const named = new Set(
    components.flatMap((code) => [...code.matchAll(/["']([a-z]+\d{4}[a-z]*)["']/g)].map(([, id]) => id)),
  )
  expect(Object.keys(sources).filter((id) => !named.has(id))).toEqual([])
})
