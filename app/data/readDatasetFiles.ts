import type { FileDataSpec } from '../experiment/dataSpec'
import { DataError } from './dataError'
import { completeSpec, splitContent, type FileContent } from './fileDataset'
import { ByteStream } from './files/byteStream'
import { listFiles, placeFiles, type ChosenFile } from './files/chosenFile'
import { readCifar10Files } from './files/cifar10Files'
import { summariseColumns, type ColumnSummary } from './files/csvSamples'
import { readCsvFile } from './files/csvTable'
import { decodePicture, type DecodePicture } from './files/decodePicture'
import { detectFormat, type FileFormat } from './files/fileFormat'
import type { Reading } from './files/fileSlices'
import { readIdxFiles } from './files/idxFiles'
import { readImageFiles } from './files/imageFiles'
import { holdPictures } from './files/pictureHeader'
import { summariseSamples, type DatasetSummary } from './summary'

export interface ReadOptions {
  /** Of the run the files are read for: it decides which samples a share holds out. */
  readonly seed: number
  /** @param fraction of the bytes, 0…1, never falling */
  onProgress(fraction: number, doing: string): void
  readonly signal: AbortSignal
  /** Where each file lay, in a folder that was chosen or dropped: “flowers/rose/12.png”. */
  readonly paths?: readonly string[] | undefined
  /** By the browser's own means, unless another is given. */
  readonly decode?: DecodePicture
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
 * Reads IDX files (images and labels, one or several pairs, gzip or not), batches of CIFAR-10, pictures by folder or
 * with a table of labels, or one CSV table, and checks that a data set can be built from them by the spec, or by a
 * guessed one.
 *
 * @throws DataError for everything wrong with the files; the signal's reason where it is aborted
 */
export async function readDatasetFiles(
  files: readonly File[],
  spec: FileDataSpec | undefined,
  options: ReadOptions,
): Promise<FilesRead> {
  const chosen = placeFiles(files, options.paths)
  if (chosen.length === 0) {
    throw new DataError(
      'There is no file to read. Choose IDX images with their labels, CIFAR-10’s batches, a folder of pictures, or a ' +
        'CSV table.',
    )
  }
  const content = await readContent(chosen, trackProgress(chosen, options), options.decode ?? decodePicture)
  const columns = content.kind === 'csv' ? { columns: summariseColumns(content) } : {}
  const data = completeSpec(content, spec)
  const { samples, split } = splitContent(content, data, options.seed)
  options.onProgress(1, 'ready')
  return { content, summary: { data, summary: summariseSamples(samples, split), ...columns } }
}

async function readContent(
  files: readonly ChosenFile[],
  reading: Reading,
  decode: DecodePicture,
): Promise<FileContent> {
  if (await holdPictures(files)) return readImageFiles(files, reading, decode)
  const byFormat: Record<FileFormat, ByteStream[]> = { idx: [], cifar10: [], csv: [] }
  for (const { file } of files) {
    const stream = await ByteStream.open(file, reading)
    byFormat[await detectFormat(stream)].push(stream)
  }
  const { idx, cifar10, csv } = byFormat
  const [table] = csv
  if (idx.length === files.length) return readIdxFiles(idx)
  if (cifar10.length === files.length) return readCifar10Files(cifar10)
  if (table !== undefined && files.length === 1) return readCsvFile(table)
  const names = listFiles(files.map(({ path }) => path))
  throw new DataError(
    table === undefined
      ? `${names}: some are IDX files and some are batches of CIFAR-10. Choose one kind.`
      : `${names}: a table is read alone, and ${table.file.name} is one. Choose one CSV table, or the other files only.`,
  )
}

function trackProgress(files: readonly ChosenFile[], options: ReadOptions): Reading {
  const total = files.reduce((sum, { file }) => sum + file.size, 0)
  const pathOf = new Map(files.map(({ file, path }) => [file, path]))
  /** Which of the files each is, in the order they are begun. */
  const places = new Map<File, number>()
  let read = 0
  let told = -Infinity
  return {
    signal: options.signal,
    onBytesRead(bytes, file) {
      read += bytes
      if (!places.has(file)) places.set(file, places.size + 1)
      // A file that grows meanwhile must not show more than all of it.
      const fraction = Math.min(1, read / total)
      if (fraction - told < PROGRESS_STEP && fraction < 1) return
      told = fraction
      const place = files.length === 1 ? '' : `, ${places.get(file)} of ${files.length}`
      options.onProgress(fraction, `reading ${pathOf.get(file) ?? file.name}${place}`)
    },
  }
}
