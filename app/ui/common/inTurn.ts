const waiting = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * Does a job soon, in a task of its own: of jobs asked for at once each lets input and frames pass before the next.
 * @returns takes the job back, if it was not done yet.
 */
export function inTurn(job: () => void): () => void {
  waiting.add(job)
  wakeUp()
  return () => waiting.delete(job)
}

function wakeUp(): void {
  if (waiting.size > 0) timer ??= setTimeout(doNext)
}

function doNext(): void {
  timer = undefined
  const [job] = waiting
  if (!job) return
  waiting.delete(job)
  // Before the job: the others must not wait for one that failed.
  wakeUp()
  job()
}
