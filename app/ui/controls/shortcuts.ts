interface Shortcut {
  /** As a person reads it. */
  readonly text: string
  /** As `aria-keyshortcuts` wants it. */
  readonly aria: string
}

/** Undo and redo, by the habits of the system: ⌘ on Apple's, Ctrl elsewhere. */
export function editShortcuts(platform: string): { readonly undo: Shortcut; readonly redo: Shortcut } {
  return /Mac|iPhone|iPad/.test(platform)
    ? { undo: { text: '⌘Z', aria: 'Meta+Z' }, redo: { text: '⇧⌘Z', aria: 'Meta+Shift+Z' } }
    : { undo: { text: 'Ctrl+Z', aria: 'Control+Z' }, redo: { text: 'Ctrl+Y', aria: 'Control+Y Control+Shift+Z' } }
}
