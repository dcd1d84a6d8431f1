import type { Report, Request } from './protocol'

/** The page's end of the training worker. */
export interface TrainingClient {
  send(request: Request): void
}

/**
 * Starts the training worker.
 * @param onReport hears everything the worker says, and `crashed` if it breaks.
 */
export function connectTrainingWorker(onReport: (report: Report) => void): TrainingClient {
  const worker = new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module', name: 'training' })
  worker.addEventListener('message', (event: MessageEvent<Report>) => onReport(event.data))
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    const place = event.filename ? ` (${event.filename}:${event.lineno})` : ''
    onReport({
      kind: 'crashed',
      message: `Training broke off: ${event.message || 'the worker could not start'}${place}. Reload the page.`,
    })
  })
  return { send: (request) => worker.postMessage(request) }
}
