// Results as text.

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/**
 * One line per contender: median, spread, and the median relative to that of the first.
 * @param {string} title
 * @param {readonly import('./turns.mjs').Result[]} results
 * @returns {string} a Markdown table
 */
export function formatTable(title, results) {
  const reference = results[0] ? medianMillis(results[0]) : NaN
  const rows = results.map((result) =>
    result.failure ? [result.name, `failed: ${result.failure}`, '', '', ''] : measuredRow(result, reference),
  )
  return [`### ${title}`, '', ...alignColumns([['', 'ms/step', 'spread', 'relative', 'columns/s'], ...rows])].join('\n')
}

/**
 * @param {import('./turns.mjs').Result} result
 * @param {number} reference
 */
function measuredRow(result, reference) {
  const millis = result.turns.map(({ millis, steps }) => millis / steps)
  // Of all turns together: a turn may end before its first column.
  const seconds = result.turns.reduce((sum, { millis }) => sum + millis, 0) / 1000
  const columns = result.turns.reduce((sum, { columns }) => sum + columns, 0) / seconds
  return [
    result.name,
    figures(median(millis)),
    `${figures(Math.min(...millis))}–${figures(Math.max(...millis))}`,
    Number.isFinite(reference) ? `${(median(millis) / reference).toFixed(2)} ×` : '',
    columns > 0 ? figures(columns) : '',
  ]
}

/** @param {import('./turns.mjs').Result} result */
function medianMillis({ turns }) {
  return median(turns.map(({ millis, steps }) => millis / steps))
}

/** @param {number} value */
export function figures(value) {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}

/** @param {number} share of 1 */
export function percent(share) {
  return `${figures(share * 100)} %`
}

/** @param {readonly (readonly string[])[]} rows the first holds the headings */
export function alignColumns(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  const [headings = [], ...body] = rows
  return [line(headings), rule, ...body.map(line)]
}
