import type { FileDataSpec } from '../experiment/spec'
import { DataError } from './dataError'
import { completeSpec, splitContent, type FileContent } from './fileDataset'
import { ByteStream } from './files/byteStream'
import { summariseColumns, type ColumnSummary } from './files/csvSamples'
import { readCsvFile } from './files/csvTable'
import { detectFormat } from './files/fileFormat'
import type { Reading } from './files/fileSlices'
import { readIdxFiles } from './files/idxFiles'
import { summariseSamples, type DatasetSummary } from './summary'

export interface ReadOptions {
  /** Of the run the files are read for: it decides which samples a share holds out. */
  readonly seed: number
  /** @param fraction of the bytes, 0…1, never falling */
  onProgress(fraction: number, doing: string): void
  readonly signal: AbortSignal
}

export interface FilesRead {
  readonly content: FileContent
  readonly summary: {
    /** The spec that reads these files, what was open filled in. */
    readonly data: FileDataSpec
    readonly summary: DatasetSummary
    /** Of a table: every column that could be the target. */
    readonly columns?: readonly ColumnSummary[]
  }
}

/** Progress is told in steps of this share. */
const PROGRESS_STEP = 0.005

/**
 * Reads IDX files (images and labels, one or several pairs, gzip or not) or one CSV table, and checks that a data set
 * can be built from them by the spec, or by a guessed one.
 *
 * @throws DataError for everything wrong with the files; the signal's reason where it is aborted
 */
export async function readDatasetFiles(
  files: readonly File[],
  spec: FileDataSpec | undefined,
  options: ReadOptions,
): Promise<FilesRead> {
  if (files.length === 0)
    throw new DataError('No file was chosen. Choose IDX images with their labels, or a CSV table.')
  const content = await readContent(files, trackProgress(files, options))
  const columns = content.kind === 'csv' ? { columns: summariseColumns(content) } : {}
  const data = completeSpec(content, spec)
  const { samples, split } = splitContent(content, data, options.seed)
  options.onProgress(1, 'ready')
  return { content, summary: { data, summary: summariseSamples(samples, split), ...columns } }
}

async function readContent(files: readonly File[], reading: Reading): Promise<FileContent> {
  const streams: ByteStream[] = []
  const tables: ByteStream[] = []
  for (const file of files) {
    const stream = await ByteStream.open(file, reading)
    const format = await detectFormat(stream)
    ;(format === 'csv' ? tables : streams).push(stream)
  }
  const [table] = tables
  if (table === undefined) return readIdxFiles(streams)
  if (tables.length + streams.length === 1) return readCsvFile(table)
  throw new DataError(
    `${files.map((file) => file.name).join(', ')}: a table is read alone, and ${table.file.name} is one. ` +
      'Choose one CSV table, or IDX files only.',
  )
}

function trackProgress(files: readonly File[], options: ReadOptions): Reading {
  const total = files.reduce((sum, file) => sum + file.size, 0)
  let read = 0
  let told = -Infinity
  return {
    signal: options.signal,
    onBytesRead(bytes, file) {
      read += bytes
      // A file that grows meanwhile must not show more than all of it.
      const fraction = Math.min(1, read / total)
      if (fraction - told < PROGRESS_STEP && fraction < 1) return
      told = fraction
      options.onProgress(fraction, `reading ${file.name}`)
    },
  }
}
