/**
 * What is wrong with the user's data. The message is for people: which file, which row or byte, what was found, what
 * was expected, and what to do about it.
 */
export class DataError extends Error {
  override readonly name = 'DataError'
}

/** A count as people read it: “60,000”. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** “1 row”, “7 rows”. */
export function formatQuantity(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A text out of a file, made fit to stand in a message. */
export function quoteFound(text: string): string {
  const oneLine = text.replaceAll(/\s+/g, ' ')
  return oneLine.length > 40 ? `“${oneLine.slice(0, 40)}…”` : `“${oneLine}”`
}
