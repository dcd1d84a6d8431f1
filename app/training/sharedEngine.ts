import { GpuError } from '../gpu/errors'
import { openEngine, type Engine, type EngineChoice } from './engine'

type FaultListener = (error: Error) => void

/** The one device that all callers of a page or worker share; opened when it is first needed, and again after a loss. */
let gpuEngine: Promise<Engine> | undefined
const faultListeners = new Set<FaultListener>()

/**
 * An engine for callers who do not own one. Without a GPU `auto` gives the reference engine, and asks again next time.
 * @throws GpuError where `choice` is `gpu` and there is none.
 */
export async function sharedEngine(choice: EngineChoice): Promise<Engine> {
  if (choice === 'reference') return openEngine('reference')
  gpuEngine ??= openGpuEngine()
  try {
    return await gpuEngine
  } catch (error) {
    if (choice === 'gpu' || !(error instanceof GpuError)) throw error
    return openEngine('reference')
  }
}

/**
 * Tells of errors of the shared GPU that no call of WebGPU caught, as running out of memory: they cannot be traced to
 * whoever caused them, so everyone at work hears of them.
 * @returns ends it.
 */
export function listenForFaults(listener: FaultListener): () => void {
  faultListeners.add(listener)
  return () => void faultListeners.delete(listener)
}

/** What `work` gives, unless the shared GPU reports an error meanwhile: then nothing it gives can be trusted. */
export async function failOnFault<Result>(work: Promise<Result>): Promise<Result> {
  let stop = (): void => {}
  const fault = new Promise<never>((_, reject) => (stop = listenForFaults(reject)))
  try {
    return await Promise.race([work, fault])
  } finally {
    stop()
  }
}

function openGpuEngine(): Promise<Engine> {
  const opened = openEngine('gpu')
  const forget = (): void => {
    if (gpuEngine === opened) gpuEngine = undefined
  }
  opened.then((engine) => {
    engine.onFault((error) => {
      if (faultListeners.size === 0) console.error(error)
      for (const listener of faultListeners) listener(error)
    })
    return engine.kind === 'gpu' ? engine.gpu.lost.then(forget) : undefined
  }, forget)
  return opened
}
