import { fitToData } from '../experiment/edits'
import { isFileData } from '../experiment/dataKinds'
import { parseSpecOrThrow, SpecError } from '../experiment/schema'
import type { FileDataSpec } from '../experiment/dataSpec'
import type { ExperimentSpec } from '../experiment/spec'
import { shortenName } from '../experiment/textLimits'
import { activeContender, activeDraft } from '../runs/contenders'
import { validSpec } from '../runs/draftFaults'
import type { FileSummary } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import type { FileDataId } from '../worker/protocol'
import type { Experiment } from './contenderRunner'

/** Files, and where each lay in the folder it came in. */
interface ChosenFiles {
  readonly files: readonly File[]
  readonly paths: readonly string[]
}

/** Reading files beside the running experiment, until the user trains on them. */
export class FileCommands {
  readonly #store: RunStore
  readonly #client: TrainingClient
  #candidate: { readonly id: FileDataId; readonly chosen: ChosenFiles } | undefined
  #ids = 0

  constructor(store: RunStore, client: TrainingClient) {
    this.#store = store
    this.#client = client
  }

  /** @param spec how to read them, where the user chose. */
  read(chosen: ChosenFiles, spec?: FileDataSpec): void {
    this.cancel()
    this.#ids++
    this.#candidate = { id: this.#ids, chosen }
    const { seed } = activeDraft(this.#store.getState()).spec
    this.#store.update(() => ({ files: { kind: 'reading', names: chosen.paths, fraction: 0, doing: 'Opening' } }))
    this.#client.send({ kind: 'readFiles', fileData: this.#ids, ...chosen, seed, ...(spec && { spec }) })
  }

  /** The same files again with other choices. */
  reread(spec: FileDataSpec): void {
    if (this.#candidate) this.read(this.#candidate.chosen, spec)
  }

  cancel(): void {
    if (this.#candidate) this.#client.send({ kind: 'cancelFiles', fileData: this.#candidate.id })
    this.#candidate = undefined
    this.#store.update(() => ({ files: { kind: 'none' } }))
  }

  /**
   * An experiment on the files that were read; undefined where none were read, or where no experiment can be made of
   * them, which the page is then told.
   */
  accept(): Experiment | undefined {
    const state = this.#store.getState()
    const { files } = state
    if (files.kind !== 'read' || !this.#candidate) return undefined
    try {
      const spec = specFor(files.summary, validSpec(activeContender(state)))
      const fileData = this.#candidate.id
      this.#candidate = undefined
      this.#store.update(() => ({ files: { kind: 'none' } }))
      return { spec, fileData }
    } catch (error) {
      if (!(error instanceof SpecError)) throw error
      const message = error.faults.map((fault) => fault.message).join(' ')
      this.#store.update(() => ({ files: { kind: 'refused', names: files.names, message } }))
      return undefined
    }
  }
}

/**
 * The same experiment on what was read; its network stays if it already was one for files.
 * @throws SpecError where what was read fits no experiment
 */
function specFor({ data, summary }: FileSummary, before: ExperimentSpec): ExperimentSpec {
  const wasForFiles = isFileData(before.data)
  // The names of layers to measure are those of the network that goes.
  const usualNetwork = { layers: undefined, monitor: { ...before.monitor, layers: 'all' } }
  const document = { ...before, name: shortenName(summary.name), data, ...(!wasForFiles && usualNetwork) }
  return fitToData(parseSpecOrThrow(document), summary)
}
