import { createDataset } from '../data/createDataset'
import type { Dataset } from '../data/dataset'
import { buildDataset, type FileContent } from '../data/fileDataset'
import { listFiles } from '../data/files/chosenFile'
import { isFileData } from '../experiment/dataKinds'
import { SpecError } from '../experiment/schema'
import type { FileDataSpec } from '../experiment/dataSpec'
import type { ExperimentSpec } from '../experiment/spec'
import type { Post } from './liveRun'
import type { FileDataId, Request } from './protocol'

/** Most visitors open no files: what reads them is fetched when it is first needed. */
const loadReader = async () => (await import('../data/readDatasetFiles')).readDatasetFiles

type ReadRequest = Extract<Request, { kind: 'readFiles' }>

const EXPECTED: Readonly<Record<FileDataSpec['kind'], string>> = {
  idx: 'images and labels (IDX)',
  cifar10: 'batches of CIFAR-10',
  images: 'pictures',
  csv: 'a table (CSV)',
}

/** Sets of files that can be read again: a file takes next to nothing, but one made in memory keeps its bytes. */
const REMEMBERED_SETS = 8

/** Files and how they were read. */
interface FileSet {
  readonly files: readonly File[]
  readonly paths: readonly string[] | undefined
  readonly spec: FileDataSpec
  readonly seed: number
}

/**
 * Reads the user's files beside the running experiment, and keeps what was read for as long as it may be trained on.
 * Which files it came from is kept for longer, so that undo can go back to them.
 */
export class FileDesk {
  readonly #post: Post
  readonly #contents = new Map<FileDataId, FileContent>()
  /** The one read last comes last. */
  readonly #remembered = new Map<FileDataId, FileSet>()
  readonly #rereading = new Map<FileDataId, Promise<FileContent>>()
  #reading: { readonly fileData: FileDataId; readonly abort: AbortController } | undefined
  #inUse: ReadonlySet<FileDataId> = new Set()

  constructor(post: Post) {
    this.#post = post
  }

  async read({ fileData, files, paths, spec, seed }: ReadRequest): Promise<void> {
    this.#reading?.abort.abort()
    const abort = new AbortController()
    this.#reading = { fileData, abort }
    const onProgress = (fraction: number, doing: string): void =>
      this.#post({ kind: 'filesProgress', fileData, fraction, doing }, [])
    try {
      const readDatasetFiles = await loadReader()
      const { content, summary } = await readDatasetFiles(files, spec, {
        seed,
        paths,
        onProgress,
        signal: abort.signal,
      })
      if (abort.signal.aborted) return
      this.#contents.set(fileData, content)
      this.#remember(fileData, { files, paths, spec: summary.data, seed })
      this.#post({ kind: 'filesRead', fileData, summary }, [])
    } catch (error) {
      if (abort.signal.aborted) return
      const message = error instanceof Error ? error.message : String(error)
      this.#post({ kind: 'filesRefused', fileData, message }, [])
    }
  }

  /** Forgets files that were read or are being read, unless a run is trained on them. */
  cancel(fileData: FileDataId): void {
    if (this.#reading?.fileData === fileData) {
      this.#reading.abort.abort()
      this.#reading = undefined
    }
    if (this.#inUse.has(fileData)) return
    this.#contents.delete(fileData)
    this.#remembered.delete(fileData)
  }

  /**
   * What a spec for files is trained on, read again where it was let go; undefined where it was never read, and for
   * other specs.
   * @throws SpecError where the files can be read no more
   */
  async contentFor({ data }: ExperimentSpec, fileData: FileDataId | undefined): Promise<FileContent | undefined> {
    if (!isFileData(data) || fileData === undefined) return undefined
    const set = this.#remembered.get(fileData)
    const known = this.#contents.get(fileData) ?? this.#rereading.get(fileData)
    if (known || !set) return known
    const rereading = this.#reread(fileData, set).finally(() => this.#rereading.delete(fileData))
    this.#rereading.set(fileData, rereading)
    return rereading
  }

  /** Files can be large: of what was read only that of the runs on screen stays, and what nobody has decided on. */
  setInUse(inUse: ReadonlySet<FileDataId>): void {
    this.#inUse = inUse
    if (this.#reading && inUse.has(this.#reading.fileData)) this.#reading = undefined
    for (const fileData of this.#contents.keys()) {
      if (!inUse.has(fileData) && fileData !== this.#reading?.fileData) this.#contents.delete(fileData)
    }
  }

  #remember(fileData: FileDataId, set: FileSet): void {
    this.#remembered.set(fileData, set)
    const unused = [...this.#remembered.keys()].filter((id) => !this.#inUse.has(id))
    for (const id of unused.slice(0, this.#remembered.size - REMEMBERED_SETS)) this.#remembered.delete(id)
  }

  async #reread(fileData: FileDataId, { files, paths, spec, seed }: FileSet): Promise<FileContent> {
    const { signal } = new AbortController()
    try {
      const readDatasetFiles = await loadReader()
      const { content } = await readDatasetFiles(files, spec, { seed, paths, signal, onProgress: () => {} })
      this.#contents.set(fileData, content)
      return content
    } catch (error) {
      const names = listFiles(paths ?? files.map(({ name }) => name))
      const reason = error instanceof Error ? error.message : String(error)
      const message = `${names} cannot be read again: ${reason} Drop the files anywhere to open them.`
      throw new SpecError([{ path: 'data.kind', message }])
    }
  }
}

/**
 * The data of a spec, generated or from the files that were read.
 * @throws SpecError where the spec wants files and none were read; DataError where it does not fit them.
 */
export function openDataset({ data, seed }: ExperimentSpec, content: FileContent | undefined): Dataset {
  if (!isFileData(data)) return createDataset(data, seed)
  if (!content) {
    const message = `This experiment is trained on ${EXPECTED[data.kind]} that are not on this page. Drop the files anywhere to open them.`
    throw new SpecError([{ path: 'data.kind', message }])
  }
  return buildDataset(content, data, seed)
}
