import { SpectralError } from './errors'
import { symmetricEigen, type SymmetricEigen, type SymmetricMatrix } from './reference/symmetricEigen'

/** Solves a symmetric matrix on the CPU; the matrix's memory may be taken over. */
export type SolveSymmetric = (matrix: SymmetricMatrix, eigenvectors: boolean) => Promise<SymmetricEigen>

/** The float64 solver on the calling thread: for Node, tests and matrices too small to send elsewhere. */
export const solveInline: SolveSymmetric = (matrix, eigenvectors) =>
  Promise.resolve(symmetricEigen(matrix, { eigenvectors }))

export interface EigenRequest {
  readonly id: number
  readonly matrix: SymmetricMatrix
  readonly eigenvectors: boolean
}

export interface EigenReply {
  readonly id: number
  readonly solved: SymmetricEigen
}

/** The float64 solver in a worker of its own, one matrix after another. */
export interface EigenWorker {
  readonly solve: SolveSymmetric
  /** Ends the worker; what it was solving rejects. */
  close(): void
}

interface Waiting {
  readonly resolve: (solved: SymmetricEigen) => void
  readonly reject: (error: SpectralError) => void
}

export function startEigenWorker(): EigenWorker {
  const worker = new Worker(new URL('./eigen.worker.ts', import.meta.url), { type: 'module', name: 'eigen' })
  const waiting = new Map<number, Waiting>()
  let nextId = 0
  let failure: SpectralError | undefined

  const fail = (message: string): void => {
    failure ??= new SpectralError('solver-failed', message)
    worker.terminate()
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }
  worker.addEventListener('message', (event: MessageEvent<EigenReply>) => {
    const { id, solved } = event.data
    waiting.get(id)?.resolve(solved)
    waiting.delete(id)
  })
  worker.addEventListener('error', (event) => {
    fail(`The eigenvalue solver stopped (${event.message || 'its script did not load'}). Reload the page.`)
  })

  return {
    solve: (matrix, eigenvectors) =>
      new Promise((resolve, reject) => {
        if (failure) {
          reject(failure)
          return
        }
        const id = nextId++
        waiting.set(id, { resolve, reject })
        const request: EigenRequest = { id, matrix, eigenvectors }
        worker.postMessage(request, [matrix.values.buffer])
      }),
    close: () => fail('The eigenvalue solver was closed while it was at work.'),
  }
}

/** From this order on, about a millisecond of work, a matrix is worth sending to a worker. */
const SMALLEST_WORKER_ORDER = 96

/** Runs `work` with the float64 solver: in a worker that ends with it where orders are large, else on this thread. */
export async function withFloat64Solver<Result>(
  largestOrder: number,
  work: (solve: SolveSymmetric) => Promise<Result>,
): Promise<Result> {
  if (largestOrder < SMALLEST_WORKER_ORDER || typeof Worker === 'undefined') return work(solveInline)
  const worker = startEigenWorker()
  try {
    return await work(worker.solve)
  } finally {
    worker.close()
  }
}
