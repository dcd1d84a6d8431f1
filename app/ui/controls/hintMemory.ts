const key = 'saturascope.hint-seen'

/** Whether the first-visit line was dismissed here before. Where storage is forbidden it shows at every visit. */
export function hasSeenHint(): boolean {
  try {
    return localStorage.getItem(key) !== null
  } catch {
    return false
  }
}

export function rememberHint(): void {
  try {
    localStorage.setItem(key, '1')
  } catch {
    // Forgotten by the next visit, which harms nobody.
  }
}
