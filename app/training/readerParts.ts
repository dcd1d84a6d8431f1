import type { BufferScope } from '../gpu/buffers'
import type { CompiledRun } from './compiledRun'
import type { LoadWeights } from './predictor'
import type { TrainingSession } from './session'

/** What a reader of a session on the GPU is made of. */
export interface ReaderParts {
  readonly session: TrainingSession
  readonly run: CompiledRun
  /** What the reader allocates, freed by `close`. */
  readonly scope: BufferScope
  readonly loadWeights: LoadWeights
  readonly isEnded: () => boolean
  readonly close: () => void
}
