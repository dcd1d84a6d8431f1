import { expect, test } from 'vitest'
import { editShortcuts } from './shortcuts'

test('keys go by the habits of the system, for people and for screen readers', () => {
  expect(editShortcuts('MacIntel').undo).toEqual({ text: '⌘Z', aria: 'Meta+Z' })
  expect(editShortcuts('Linux x86_64').undo).toEqual({ text: 'Ctrl+Z', aria: 'Control+Z' })
  expect(editShortcuts('Win32').redo.text).toBe('Ctrl+Y')
})
