import { solveProbe, type ProbeProblem } from './solveProbe'

/** Fits probes, one at a time. */
export interface ProbeSolver {
  /** As `solveProbe`; the features' memory may be taken over. */
  solve(problem: ProbeProblem): Promise<number | undefined>
  /** What is being fitted rejects. */
  close(): void
}

export interface ProbeReply {
  readonly accuracy: number | undefined
}

/** A solver on a thread of its own, so that training does not wait while it is at work; in Node on the calling one. */
export function openProbeSolver(): ProbeSolver {
  return typeof Worker === 'undefined' ? INLINE : startWorker()
}

const INLINE: ProbeSolver = { solve: async (problem) => solveProbe(problem), close() {} }

function startWorker(): ProbeSolver {
  const worker = new Worker(new URL('./linearProbe.worker.ts', import.meta.url), { type: 'module', name: 'probes' })
  let failure: Error | undefined
  let abandon: ((error: Error) => void) | undefined
  const fail = (message: string): void => {
    failure ??= new Error(message)
    worker.terminate()
    abandon?.(failure)
  }
  worker.addEventListener('error', (event) => {
    fail(`Fitting the probes broke off (${event.message || 'its script did not load'}). Reload the page.`)
  })
  return {
    solve: (problem) =>
      new Promise((resolve, reject) => {
        if (failure) {
          reject(failure)
          return
        }
        abandon = reject
        const take = (event: MessageEvent<ProbeReply>): void => resolve(event.data.accuracy)
        worker.addEventListener('message', take, { once: true })
        worker.postMessage(problem, [problem.training.features.buffer, problem.heldOut.features.buffer])
      }),
    close: () => fail('Fitting the probes was broken off.'),
  }
}
