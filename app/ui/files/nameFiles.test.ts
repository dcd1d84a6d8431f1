import { expect, test } from 'vitest'
import { nameFiles } from './nameFiles'

test('a few files are named, of many the first three and how many more there are', () => {
  expect(nameFiles(['a.csv'])).toBe('a.csv')
  expect(nameFiles(['1', '2', '3'])).toBe('1, 2, 3')
  expect(nameFiles(Array.from({ length: 2000 }, (_, index) => `${index}.png`))).toBe(
    '0.png, 1.png, 2.png and 1,997 more',
  )
})

test('a folder is named with the number of its files', () => {
  expect(nameFiles(['pets/cat/1.png', 'pets/dog/2.png'])).toBe('pets: 2 files')
  expect(nameFiles(['pets/1.png', 'labels.csv'])).toBe('pets/1.png, labels.csv')
})
