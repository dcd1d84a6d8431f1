import { DataError, formatCount, formatQuantity, quoteFound } from '../dataError'
import type { ByteStream } from './byteStream'
import { listFiles } from './chosenFile'
import { readCsvRows, type CsvRow } from './csvRows'

/** The class of every picture that has one, by its path. */
export interface PictureLabels {
  readonly labelOf: ReadonlyMap<string, string>
  /** Pictures in folders for testing: they come last, to be held out. */
  readonly forTesting: ReadonlySet<string>
  /** Why a picture without a class has none, to go on after its name. */
  readonly missing: string
  readonly notes: readonly string[]
}

const FILE_COLUMN = /^(files?|file_?names?|images?|pictures?|paths?|ids?)$/i
const LABEL_COLUMN = /^(labels?|class|classes|category|targets?)$/i
/** Folders between the chosen one and those of the classes. */
const TESTING_FOLDER = /^(test|testing|val|valid|validation)$/i

/** The class is the name of the folder that a picture lies in, as torchvision's ImageFolder has it. */
export function labelByFolder(paths: readonly string[]): PictureLabels {
  const labelOf = new Map<string, string>()
  const forTesting = new Set<string>()
  for (const path of paths) {
    const folders = path.split('/').slice(0, -1)
    const folder = folders.pop()
    if (folder === undefined) continue
    labelOf.set(path, folder)
    if (folders.some((name) => TESTING_FOLDER.test(name))) forTesting.add(path)
  }
  return { labelOf, forTesting, missing: 'lies in no folder that names its class', notes: [] }
}

/**
 * Labels from a table with a column of file names and one of classes.
 *
 * @throws DataError where the table has no such columns, a name fits several pictures, or a picture gets two labels
 */
export async function labelByTable(stream: ByteStream, paths: readonly string[]): Promise<PictureLabels> {
  const { name } = stream.file
  const rows: CsvRow[] = []
  for await (const batch of readCsvRows(stream)) for (const row of batch) rows.push(row)
  const pictures = indexPaths(paths)
  const { fileColumn, labelColumn, body } = findColumns(rows, pictures, name)
  const labelOf = new Map<string, string>()
  const absent: string[] = []
  let repeated = 0
  for (const { row, cells } of body) {
    const [file = '', label = ''] = [cells[fileColumn]?.trim(), cells[labelColumn]?.trim()]
    const path = pictures.get(normalise(file))
    if (path === SEVERAL) throw ambiguous(name, row, file)
    if (path === undefined) absent.push(file)
    if (path === undefined || label === '') continue
    const before = labelOf.get(path)
    if (before !== undefined && before !== label) throw contradiction(name, row, path, before, label)
    if (before === label) repeated++
    labelOf.set(path, label)
  }
  return {
    labelOf,
    forTesting: new Set(),
    missing: `has no label in ${name}`,
    notes: [...describeAbsent(name, absent), ...describeRepeated(name, repeated)],
  }
}

const SEVERAL = Symbol('several pictures')

/** Pictures by all that may be written for them: the path or its end, with or without the ending of the name. */
function indexPaths(paths: readonly string[]): ReadonlyMap<string, string | typeof SEVERAL> {
  const index = new Map<string, string | typeof SEVERAL>()
  for (const path of paths) {
    const parts = path.split('/')
    for (let from = 0; from < parts.length; from++) {
      const end = parts.slice(from).join('/')
      for (const written of [end, end.replace(/\.[^./]+$/, '')]) {
        const known = index.get(written)
        index.set(written, known === undefined || known === path ? path : SEVERAL)
      }
    }
  }
  return index
}

function normalise(file: string): string {
  return file.replaceAll('\\', '/').replace(/^(\.?\/)+/, '')
}

/** By their names; without a header the first column is the file where it names a picture, and the second the label. */
function findColumns(rows: readonly CsvRow[], pictures: ReadonlyMap<string, unknown>, name: string) {
  const [first, ...others] = rows
  const header = first?.cells.map((cell) => cell.trim()) ?? []
  const fileColumn = header.findIndex((cell) => FILE_COLUMN.test(cell))
  const labelColumn = header.findIndex((cell) => LABEL_COLUMN.test(cell))
  if (fileColumn >= 0 && labelColumn >= 0) return { fileColumn, labelColumn, body: others }
  const hasPlainRows = header.length === 2 && pictures.has(normalise(header[0] ?? ''))
  if (hasPlainRows) return { fileColumn: 0, labelColumn: 1, body: rows }
  throw new DataError(
    `${name}: found the columns ${header.map(quoteFound).join(', ') || 'of an empty table'}, expected “file” and ` +
      '“label”: the name of a picture and its class in every row. Name the columns so in the first row.',
  )
}

function ambiguous(table: string, row: number, file: string): DataError {
  return new DataError(
    `${table}, row ${formatCount(row)}: ${quoteFound(file)} fits several pictures. Write the folder before the name.`,
  )
}

function contradiction(table: string, row: number, path: string, before: string, label: string): DataError {
  return new DataError(
    `${table}, row ${formatCount(row)}: ${path} is labelled ${quoteFound(label)}, and ${quoteFound(before)} further up. ` +
      'Remove one of the rows.',
  )
}

function describeAbsent(table: string, absent: readonly string[]): string[] {
  if (absent.length === 0) return []
  const count = formatQuantity(absent.length, 'picture')
  return [
    `${table} names ${count} that ${absent.length === 1 ? 'is' : 'are'} not among the files: ${listFiles(absent)}.`,
  ]
}

function describeRepeated(table: string, repeated: number): string[] {
  return repeated === 0 ? [] : [`${table} names ${formatQuantity(repeated, 'picture')} again with the same label.`]
}
