import { createDataset } from '../data/createDataset'
import type { Dataset } from '../data/dataset'
import { buildDataset, type FileContent } from '../data/fileDataset'
import { readDatasetFiles } from '../data/readDatasetFiles'
import { SpecError } from '../experiment/schema'
import type { ExperimentSpec } from '../experiment/spec'
import type { Post } from './liveRun'
import type { FileDataId, Request } from './protocol'

type ReadRequest = Extract<Request, { kind: 'readFiles' }>

/** Reads the user's files beside the running experiment, and keeps what was read for as long as it may be trained on. */
export class FileDesk {
  readonly #post: Post
  readonly #contents = new Map<FileDataId, FileContent>()
  #reading: { readonly fileData: FileDataId; readonly abort: AbortController } | undefined
  #inUse: ReadonlySet<FileDataId> = new Set()

  constructor(post: Post) {
    this.#post = post
  }

  async read({ fileData, files, spec, seed }: ReadRequest): Promise<void> {
    this.#reading?.abort.abort()
    const abort = new AbortController()
    this.#reading = { fileData, abort }
    const onProgress = (fraction: number, doing: string): void =>
      this.#post({ kind: 'filesProgress', fileData, fraction, doing }, [])
    try {
      const { content, summary } = await readDatasetFiles(files, spec, { seed, onProgress, signal: abort.signal })
      if (abort.signal.aborted) return
      this.#contents.set(fileData, content)
      this.#post({ kind: 'filesRead', fileData, summary }, [])
    } catch (error) {
      if (abort.signal.aborted) return
      const message = error instanceof Error ? error.message : String(error)
      this.#post({ kind: 'filesRefused', fileData, message }, [])
    }
  }

  /** Forgets files that were read or are being read, unless a run is trained on them. */
  cancel(fileData: FileDataId): void {
    if (this.#reading?.fileData === fileData) this.#reading.abort.abort()
    if (!this.#inUse.has(fileData)) this.#contents.delete(fileData)
  }

  /**
   * The data of a spec, generated or from the files that were read.
   * @throws SpecError where the spec wants files and none were read; DataError where it does not fit them.
   */
  openDataset({ data, seed }: ExperimentSpec, fileData: FileDataId | undefined): Dataset {
    if (data.kind !== 'idx' && data.kind !== 'csv') return createDataset(data, seed)
    const content = fileData === undefined ? undefined : this.#contents.get(fileData)
    if (!content) {
      const expected = data.kind === 'idx' ? 'images and labels (IDX)' : 'a table (CSV)'
      const message = `This experiment is trained on ${expected} that are not on this page. Drop the files anywhere to open them.`
      throw new SpecError([{ path: 'data.kind', message }])
    }
    return buildDataset(content, data, seed)
  }

  /** Files can be large: only those of the runs on screen and those just read stay in memory. */
  setInUse(inUse: ReadonlySet<FileDataId>): void {
    for (const fileData of this.#inUse) if (!inUse.has(fileData)) this.#contents.delete(fileData)
    this.#inUse = inUse
  }
}
