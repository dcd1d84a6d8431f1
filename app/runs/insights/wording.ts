/** “hidden 3, hidden 4 and output” */
export function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** The text with a capital at its beginning. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** 0.051 → “5.1 %”, 0.51 → “51 %” */
export function formatShare(share: number): string {
  const percent = 100 * share
  return `${percent < 9.95 ? Number(percent.toFixed(1)) : Math.round(percent)} %`
}

/** Three digits are as exact as a rule ever is. */
export function formatFigure(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumSignificantDigits: 3 })
}
