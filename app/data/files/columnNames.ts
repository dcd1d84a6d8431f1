/**
 * Names for the columns of a table: those of its header, else numbers from 0. A spec knows its target by name only, so
 * where columns share one the first keeps it and the others are numbered: “y”, “y (2)”.
 */
export function nameColumns(
  cells: readonly string[],
  hasHeader: boolean,
): { readonly names: readonly string[]; readonly renamed: readonly string[] } {
  if (!hasHeader) return { names: cells.map((_, index) => `${index}`), renamed: [] }
  const wanted = cells.map((cell, index) => cell.trim() || `column ${index + 1}`)
  const taken = new Set(wanted)
  const uses = new Map<string, number>()
  const renamed: string[] = []
  const names = wanted.map((name) => {
    let use = (uses.get(name) ?? 0) + 1
    // A later column may be called “y (2)” by the header itself.
    while (use > 1 && taken.has(numbered(name, use))) use++
    uses.set(name, use)
    if (use === 1) return name
    const unique = numbered(name, use)
    renamed.push(unique)
    return unique
  })
  return { names, renamed }
}

function numbered(name: string, use: number): string {
  return `${name} (${use})`
}
