import type { BufferScope } from '../gpu/buffers'
import type { CompiledRun } from './compiledRun'
import type { TrainingSession } from './session'

/** What a reader of a session on the GPU is made of. */
export interface ReaderParts {
  readonly session: TrainingSession
  readonly run: CompiledRun
  /** What the reader allocates, freed by `close`. */
  readonly scope: BufferScope
  /**
   * Fills a buffer of the run's layout, for work that is queued afterwards, with the weights after all queued work or,
   * where a step is given, with those kept of it.
   */
  readonly loadWeights: (into: GPUBuffer, step?: number) => Promise<void>
  readonly isEnded: () => boolean
  readonly close: () => void
}
