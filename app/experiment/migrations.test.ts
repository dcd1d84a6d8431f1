import { expect, test } from 'vitest'
import { migrateDocument, type Migration } from './migrations'

// Version 1 called the seed “random”; version 2 had one learning rate outside the optimizer.
const renameSeed: Migration = ({ random, ...rest }) => ({ ...rest, seed: random })
const moveRate: Migration = ({ rate, ...rest }) => ({ ...rest, optimizer: { learningRate: rate } })
const MIGRATIONS = [renameSeed, moveRate]

test('a document of any older version passes through every migration after it, in order', () => {
  const newest = { version: 3, seed: 4, optimizer: { learningRate: 0.1 } }
  expect(migrateDocument({ version: 1, random: 4, rate: 0.1 }, MIGRATIONS)).toEqual({ document: newest })
  expect(migrateDocument({ version: 2, seed: 4, rate: 0.1 }, MIGRATIONS)).toEqual({ document: newest })
  expect(migrateDocument(newest, MIGRATIONS)).toEqual({ document: newest })
})

test('a document without a version is taken for current', () => {
  expect(migrateDocument({ seed: 4 }, MIGRATIONS)).toEqual({ document: { version: 3, seed: 4 } })
  expect(migrateDocument({ seed: 4 })).toEqual({ document: { version: 1, seed: 4 } })
})

/** Why a document cannot be read; undefined where it can. */
function refusal(document: Readonly<Record<string, unknown>>): string | undefined {
  const result = migrateDocument(document)
  return 'fault' in result ? `${result.fault.path}: ${result.fault.message}` : undefined
}

test('a newer version is refused with both versions and what to do', () => {
  expect(refusal({ version: 2 })).toMatch(/^version: .+ has version 2, .+ up to version 1\. Reload the page/)
})

test.each(['1', 0, 1.5, -1, NaN, {}])('a version that is no whole number from 1 is refused: %s', (version) => {
  expect(refusal({ version })).toMatch(/^version: .+ it must be a whole number of at least 1/)
})

test('migrating leaves the document it was given untouched', () => {
  const document = Object.freeze({ version: 1, random: 4, rate: 0.1 })
  migrateDocument(document, MIGRATIONS)
  expect(document).toEqual({ version: 1, random: 4, rate: 0.1 })
})
