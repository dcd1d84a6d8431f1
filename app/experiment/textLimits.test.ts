import { expect, test } from 'vitest'
import { writeLink } from './link'
import { parseSpecOrThrow } from './schema'
import { LONGEST_NAME, shortenName } from './textLimits'

test('a name that an experiment may have stays as it is', () => {
  expect(shortenName('x'.repeat(LONGEST_NAME))).toBe('x'.repeat(LONGEST_NAME))
})

test.each([LONGEST_NAME + 1, 2 * LONGEST_NAME])('a name of %i letters becomes one that can be shared', (length) => {
  for (const name of ['x'.repeat(length), '😀'.repeat(length), `x${'😀'.repeat(length)}`]) {
    const spec = parseSpecOrThrow({ name: shortenName(name) })
    expect(spec.name.endsWith('…')).toBe(true)
    expect(() => writeLink(spec)).not.toThrow()
  }
})
