/** What this browser keeps from one visit to the next; where storage is forbidden, every visit is the first. */
type Remembered = 'hint-seen' | 'theme'

export function recall(what: Remembered): string | undefined {
  try {
    return localStorage.getItem(keyOf(what)) ?? undefined
  } catch {
    return undefined
  }
}

export function remember(what: Remembered, value: string): void {
  try {
    localStorage.setItem(keyOf(what), value)
  } catch {
    // Forgotten by the next visit, which harms nobody.
  }
}

function keyOf(what: Remembered): string {
  return `saturascope.${what}`
}
