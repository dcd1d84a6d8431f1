/** Characters of an experiment's name. */
export const LONGEST_NAME = 200

/** A row of a table as long as this comes from a quotation mark that is never closed. */
export const LONGEST_TABLE_ROW = 2 ** 22

/** The name as it is where an experiment may have it, else its beginning; files are named at any length. */
export function shortenName(name: string): string {
  if (name.length <= LONGEST_NAME) return name
  // Half a surrogate pair could not stand in a link.
  const beginning = name.slice(0, LONGEST_NAME - 1).replace(/[\uD800-\uDBFF]$/, '')
  return `${beginning}…`
}
