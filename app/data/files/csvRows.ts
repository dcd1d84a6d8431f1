import Papa from 'papaparse'
import { LONGEST_TABLE_ROW } from '../../experiment/textLimits'
import { DataError, formatCount } from '../dataError'
import type { ByteStream } from './byteStream'
import { textEncoding } from './fileFormat'

/** A row with its place in the file, counted from 1; quoted cells may make it several lines long. */
export interface CsvRow {
  readonly row: number
  readonly cells: readonly string[]
}

/**
 * The rows of a table, blank ones left out, in batches as they come off the disk. Comma, semicolon, tab and bar are
 * told apart by the first piece of the file.
 *
 * @throws DataError where quotation marks do not match
 */
export async function* readCsvRows(stream: ByteStream): AsyncGenerator<readonly CsvRow[]> {
  const { name } = stream.file
  let parser: Papa.Parser | undefined
  let rest = ''
  let rowsBefore = 0
  for await (const { text, last } of readText(stream)) {
    rest += text
    parser ??= new Papa.Parser({ delimiter: guessDelimiter(rest), newline: '\n' })
    // The typings leave the result open; this is what the parser is documented to give without a header.
    const parsed = parser.parse(rest, 0, !last) as Papa.ParseResult<string[]>
    const [error] = parsed.errors
    if (error !== undefined) throw unmatchedQuotes(name, rowsBefore + (error.row ?? 0) + 1)
    rest = rest.slice(parsed.meta.cursor)
    if (rest.length > LONGEST_TABLE_ROW) throw unmatchedQuotes(name, rowsBefore + parsed.data.length + 1)
    const numbered = parsed.data.map((cells, index) => ({ row: rowsBefore + index + 1, cells }))
    rowsBefore += parsed.data.length
    yield numbered.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  }
}

/** Decoded pieces with all line ends made “\n”. */
async function* readText(stream: ByteStream): AsyncGenerator<{ readonly text: string; readonly last: boolean }> {
  const decoder = new TextDecoder(textEncoding(await stream.peek(2)))
  let carriageReturn = false
  for (let chunk = await stream.next(); chunk !== undefined; chunk = await stream.next()) {
    const text: string = (carriageReturn ? '\r' : '') + decoder.decode(chunk, { stream: true })
    // Its line feed may come with the next chunk.
    carriageReturn = text.endsWith('\r')
    yield { text: unifyLineEnds(carriageReturn ? text.slice(0, -1) : text), last: false }
  }
  yield { text: unifyLineEnds((carriageReturn ? '\r' : '') + decoder.decode()), last: true }
}

function unifyLineEnds(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

function guessDelimiter(text: string): string {
  // The line after the last one is empty and says nothing of columns.
  return Papa.parse(text, { preview: 20, newline: '\n', skipEmptyLines: true }).meta.delimiter
}

function unmatchedQuotes(fileName: string, row: number): DataError {
  return new DataError(
    `${fileName}, row ${formatCount(row)}: a quotation mark opens a cell and is not closed before its end. ` +
      'Expected "…" around the whole cell, with quotation marks inside it doubled. Correct the row.',
  )
}
