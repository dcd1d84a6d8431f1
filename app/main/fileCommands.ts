import { fitToData } from '../experiment/edits'
import { parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentSpec, FileDataSpec } from '../experiment/spec'
import type { Commands } from '../runs/commands'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import type { FileDataId } from '../worker/protocol'

export interface FileCommands {
  readonly commands: Pick<Commands, 'readFiles' | 'rereadFiles' | 'cancelFiles'>
  /** The files that specs with file data mean; undefined until some were accepted. */
  readonly accepted: FileDataId | undefined
  /** A network for the files that were read; undefined where none are. */
  accept(): ExperimentSpec | undefined
}

/** Reading files beside the running experiment, until the user trains on them. */
export function createFileCommands(store: RunStore, client: TrainingClient): FileCommands {
  let candidate: { readonly id: FileDataId; readonly files: readonly File[] } | undefined
  let accepted: FileDataId | undefined
  let ids = 0

  const read = (files: readonly File[], spec?: FileDataSpec): void => {
    cancel()
    ids++
    candidate = { id: ids, files }
    const names = files.map(({ name }) => name)
    store.update(() => ({ files: { kind: 'reading', names, fraction: 0, doing: 'Opening' } }))
    const { seed } = store.getState().draft.spec
    client.send({ kind: 'readFiles', fileData: ids, files, seed, ...(spec && { spec }) })
  }
  const cancel = (): void => {
    if (candidate) client.send({ kind: 'cancelFiles', fileData: candidate.id })
    candidate = undefined
    store.update(() => ({ files: { kind: 'none' } }))
  }

  return {
    commands: {
      readFiles: (files) => read(files),
      rereadFiles: (spec) => candidate && read(candidate.files, spec),
      cancelFiles: cancel,
    },
    get accepted() {
      return accepted
    },
    accept() {
      const { files } = store.getState()
      if (files.kind !== 'read' || !candidate) return undefined
      const { data, summary } = files.summary
      const features = summary.sampleShape.reduce((product, size) => product * size, 1)
      const spec = fitToData(parseSpecOrThrow({ name: summary.name, data }), { features, task: summary.task })
      accepted = candidate.id
      candidate = undefined
      store.update(() => ({ files: { kind: 'none' } }))
      return spec
    },
  }
}
