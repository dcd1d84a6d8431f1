import { DataError, formatCount, formatQuantity } from '../dataError'
import type { ByteStream } from './byteStream'
import { Column } from './column'
import { nameColumns } from './columnNames'
import { readCsvRows, type CsvRow } from './csvRows'

/** A table as read: any column may become the target. */
export interface CsvContent {
  readonly kind: 'csv'
  readonly fileName: string
  readonly hasHeader: boolean
  /** No two of the same name. */
  readonly columns: readonly Column[]
  /** Names that differ from the header's, where columns share one. */
  readonly renamed: readonly string[]
  /** Rows kept. */
  readonly rows: number
  /** Rows left out because a cell was empty; `first` is the first one's place in the file, counted from 1. */
  readonly dropped: { readonly count: number; readonly first: number }
}

/** Rows looked at to tell whether the first is a header. */
const ROWS_TO_JUDGE = 20
/** How a missing value is written; anything else that is no number is taken for a mistake. */
const MISSING = /^(|na|nan)$/i

/** @throws DataError naming file and row where the table is empty, ragged or not a table */
export async function readCsvFile(stream: ByteStream): Promise<CsvContent> {
  const { name } = stream.file
  const start: CsvRow[] = []
  let builder: TableBuilder | undefined
  for await (const batch of readCsvRows(stream)) {
    if (builder === undefined) {
      // One by one: a well compressed file comes as batches of more rows than a call may have arguments.
      for (const row of batch) start.push(row)
      if (start.length < ROWS_TO_JUDGE) continue
      builder = new TableBuilder(name, start)
    } else builder.addRows(batch)
  }
  return (builder ?? new TableBuilder(name, start)).finish()
}

class TableBuilder {
  readonly #fileName: string
  readonly #columns: readonly Column[]
  readonly #renamed: readonly string[]
  readonly #hasHeader: boolean
  #rows = 0
  #dropped = { count: 0, first: 0 }

  constructor(fileName: string, start: readonly CsvRow[]) {
    const [first, ...others] = start
    if (first === undefined) throw new DataError(`${fileName} holds no rows. Choose the file that holds the table.`)
    if (first.cells.length < 2) {
      throw new DataError(
        `${fileName}, row ${first.row}: found one column, expected at least two, inputs and a target, separated by ` +
          'commas, semicolons, tabs or bars.',
      )
    }
    this.#fileName = fileName
    this.#hasHeader = isHeader(first, others.slice(0, ROWS_TO_JUDGE))
    const { names, renamed } = nameColumns(first.cells, this.#hasHeader)
    this.#columns = names.map((name) => new Column(name))
    this.#renamed = renamed
    this.addRows(this.#hasHeader ? others : start)
  }

  addRows(rows: readonly CsvRow[]): void {
    for (const row of rows) this.#addRow(row)
  }

  finish(): CsvContent {
    if (this.#rows === 0) {
      const found = this.#dropped.count > 0 ? 'only rows with empty cells' : 'only a header'
      throw new DataError(
        `${this.#fileName} holds ${found}, expected rows of numbers. Choose a file with complete rows.`,
      )
    }
    return {
      kind: 'csv',
      fileName: this.#fileName,
      hasHeader: this.#hasHeader,
      columns: this.#columns,
      renamed: this.#renamed,
      rows: this.#rows,
      dropped: this.#dropped,
    }
  }

  #addRow({ row, cells }: CsvRow): void {
    if (cells.length !== this.#columns.length) {
      throw new DataError(
        `${this.#fileName}, row ${formatCount(row)}: found ${formatQuantity(cells.length, 'cell')}, expected ` +
          `${formatCount(this.#columns.length)} as in the first row. Add or remove cells, or quote those that hold a separator.`,
      )
    }
    if (cells.some(isMissing)) {
      this.#dropped = { count: this.#dropped.count + 1, first: this.#dropped.first || row }
      return
    }
    for (let index = 0; index < cells.length; index++) addCell(this.#columns[index]!, cells[index]!, row)
    this.#rows++
  }
}

function addCell(column: Column, cell: string, row: number): void {
  const value = Number(cell)
  if (fitsFloat32(value)) column.pushNumber(value)
  else column.pushText(cell.trim(), row)
}

/** Quick for the many cells that begin like a number. */
function isMissing(cell: string): boolean {
  const first = cell.charCodeAt(0)
  return !(first >= 0x2b && first <= 0x39) && MISSING.test(cell.trim())
}

/** A header is a row of names over numbers: some column begins with a text and goes on with a number. */
function isHeader(first: CsvRow, others: readonly CsvRow[]): boolean {
  return first.cells.some((cell, index) => {
    if (isNumber(cell)) return false
    const below = others.map(({ cells }) => cells[index] ?? '').find((other) => !isMissing(other))
    return below !== undefined && isNumber(below)
  })
}

function isNumber(cell: string): boolean {
  return cell.trim() !== '' && fitsFloat32(Number(cell))
}

/** Training is in float32, where larger numbers become infinite. */
function fitsFloat32(value: number): boolean {
  return Number.isFinite(Math.fround(value))
}
