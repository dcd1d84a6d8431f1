import type { CsvData } from '../../experiment/dataSpec'
import { flatShape } from '../../experiment/tensorShape'
import { DataError, formatCount, formatQuantity, quoteFound } from '../dataError'
import type { Task } from '../dataset'
import type { Samples } from '../samples'
import { MAX_CLASSES, type Column } from './column'
import type { CsvContent } from './csvTable'

/** Whole numbers in a column are taken for class numbers up to this many different ones. */
const MOST_GUESSED_CLASSES = 20

/** How people call the column to be predicted. */
const TARGET_NAMES = /^(labels?|class|classes|targets?|y|outcome|category)$/i

/** What the page shows of a column that may become the target. */
export interface ColumnSummary {
  readonly name: string
  readonly numeric: boolean
  /** Different values; counted to 1,001 at most. */
  readonly distinct: number
}

export function summariseColumns(table: CsvContent): readonly ColumnSummary[] {
  return table.columns.map((column) => ({
    name: column.name,
    numeric: column.firstText === undefined,
    distinct: column.distinctValues().length,
  }))
}

/**
 * The spec that reads this table, with what was left open filled in; without any spec the target is guessed, too.
 *
 * @throws DataError where the spec's target is no column
 */
export function completeCsvSpec(table: CsvContent, spec: CsvData | undefined): CsvData {
  const target = spec === undefined ? guessTarget(table) : findTarget(table, spec)
  const task = spec?.task ?? guessTask(target, table.rows)
  return { kind: 'csv', heldOut: 0.2, standardise: 'feature', ...spec, target: target.name, task }
}

/** The only column of texts; else one called as targets are; else the last that is not the same in all rows. */
function guessTarget(table: CsvContent): Column {
  const texts = table.columns.filter((column) => column.firstText !== undefined)
  if (texts.length === 1 && texts[0] !== undefined) return texts[0]
  const varied = table.columns.filter((column) => column.distinctValues().length > 1)
  return varied.findLast((column) => TARGET_NAMES.test(column.name)) ?? varied.at(-1) ?? lastColumn(table)
}

/**
 * The table with one column as target and all others as inputs.
 *
 * @throws DataError naming row and column where an input is no number, or the target does not fit the task
 */
export function csvSamples(table: CsvContent, spec: CsvData): Samples {
  const target = findTarget(table, spec)
  const inputs = table.columns.filter((column) => column !== target)
  for (const column of inputs)
    checkNumeric(table, column, 'leave it empty to drop the row, or choose this column as the target')
  const { task, targets } =
    (spec.task ?? guessTask(target, table.rows)) === 'classification'
      ? readClasses(table, target)
      : readValues(table, target)
  return {
    name: table.fileName,
    task,
    shape: flatShape(inputs.length),
    features: inputs.length,
    count: table.rows,
    copyInputs(sample, into) {
      for (let feature = 0; feature < inputs.length; feature++) into[feature] = inputs[feature]!.numberAt(sample)
    },
    targets,
    notes: describeTable(table, target),
  }
}

function findTarget(table: CsvContent, { target }: CsvData): Column {
  if (target === null) return lastColumn(table)
  const found = table.columns.find((column) => column.name === target)
  if (found !== undefined) return found
  throw new DataError(
    `${table.fileName} has no column ${quoteFound(target)} for the target; its columns are ` +
      `${listNames(table.columns.map((column) => column.name))}. Choose one of them.`,
  )
}

function lastColumn(table: CsvContent): Column {
  return table.columns[table.columns.length - 1]!
}

/** Texts are classes, and so are a few different whole numbers that each come up twice on average. */
function guessTask(target: Column, rows: number): 'classification' | 'regression' {
  if (target.firstText !== undefined) return 'classification'
  const values = target.distinctValues()
  const few = values.length <= MOST_GUESSED_CLASSES && 2 * values.length <= rows
  return few && values.every(Number.isInteger) ? 'classification' : 'regression'
}

function readClasses(table: CsvContent, target: Column): { task: Task; targets: Float32Array } {
  const values = target.distinctValues()
  checkVaries(table, target, values)
  if (values.length > MAX_CLASSES) {
    throw new DataError(
      `${table.fileName}, column ${quoteFound(target.name)}: more than ${MAX_CLASSES} different values are no classes. ` +
        'Choose regression, or another column as the target.',
    )
  }
  const classOf = new Map(values.map((value, index) => [value, index]))
  const targets = Float32Array.from({ length: table.rows }, (_, row) => classOf.get(target.valueAt(row))!)
  return { task: { kind: 'classification', classes: values.length, classNames: values.map(String) }, targets }
}

function readValues(table: CsvContent, target: Column): { task: Task; targets: Float32Array } {
  checkNumeric(table, target, 'or choose classification')
  checkVaries(table, target, target.distinctValues())
  const targets = Float32Array.from({ length: table.rows }, (_, row) => target.numberAt(row))
  return { task: { kind: 'regression', outputs: 1 }, targets }
}

function checkNumeric(table: CsvContent, { name, firstText }: Column, otherwise: string): void {
  if (firstText === undefined) return
  const hint = /^-?\d+,\d+$/.test(firstText.text) ? ' (decimals are written with a point)' : ''
  throw new DataError(
    `${table.fileName}, row ${formatCount(firstText.row)}, column ${quoteFound(name)}: found ` +
      `${quoteFound(firstText.text)}, expected a number${hint}. Correct the cell, ${otherwise}.`,
  )
}

function checkVaries(table: CsvContent, target: Column, values: readonly (number | string)[]): void {
  if (values.length > 1) return
  throw new DataError(
    `${table.fileName}, column ${quoteFound(target.name)}: all ${formatQuantity(table.rows, 'row')} hold ` +
      `${quoteFound(String(values[0]))}, expected at least two different values. There is nothing to learn: choose ` +
      'another column as the target.',
  )
}

function describeTable(table: CsvContent, target: Column): string[] {
  const notes = []
  if (!table.hasHeader) notes.push('The table has no header: columns are numbered from 0.')
  if (table.renamed.length > 0) notes.push(`Columns that share a name are told apart as ${listNames(table.renamed)}.`)
  notes.push(`The target is ${quoteFound(target.name)}.`)
  const { count, first } = table.dropped
  if (count > 0)
    notes.push(`${formatQuantity(count, 'row')} with an empty cell dropped, the first is row ${formatCount(first)}.`)
  return notes
}

function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 12).map(quoteFound).join(', ')
  return names.length > 12 ? `${shown}, and ${names.length - 12} more` : shown
}
