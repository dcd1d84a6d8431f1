/** Rows of a long table that are read at a time. */
const rowsPerPage = 20

/** How many pages there are; a table without rows has one, which is empty. */
export function pageCount(rows: number): number {
  return Math.max(1, Math.ceil(rows / rowsPerPage))
}

/** Rows of a page, counted from 0: `from` up to but without `to`. */
export function pageRange(page: number, rows: number): { readonly from: number; readonly to: number } {
  const from = Math.min(page, pageCount(rows) - 1) * rowsPerPage
  return { from, to: Math.min(rows, from + rowsPerPage) }
}
