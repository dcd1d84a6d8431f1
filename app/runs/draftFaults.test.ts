import { expect, test } from 'vitest'
import { parseSpecOrThrow, SpecError } from '../experiment/schema'
import { draftRefusal } from './draftFaults'

const DRAFT = { spec: parseSpecOrThrow({}), faults: [], asked: undefined, refusal: undefined }

test('a refusal is told in the words of its field, without where that is in the spec', () => {
  const fields = [{ path: 'data.kind', message: 'This experiment is trained on a table. Drop it anywhere.' }]
  const { message } = new SpecError(fields)
  expect(draftRefusal({ ...DRAFT, refusal: { message, fields } })).toBe(fields[0]?.message)
})

test('a refusal that is about no field says what it says', () => {
  expect(draftRefusal({ ...DRAFT, refusal: { message: 'The GPU is full.', fields: [] } })).toBe('The GPU is full.')
})

test('what the page itself finds wrong is told, and nothing where nothing is', () => {
  expect(draftRefusal({ ...DRAFT, faults: [{ path: 'seed', message: 'Seed is -1.' }] })).toBe('Seed is -1.')
  expect(draftRefusal(DRAFT)).toBeUndefined()
})
