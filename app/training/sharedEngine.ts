import { GpuError } from '../gpu/errors'
import { isDeviceLost, openEngine, type Engine, type EngineChoice } from './engine'

type FaultListener = (error: Error) => void

/** The one device that all callers of a page or worker share; opened when it is first needed, and again after a loss. */
let gpuEngine: Promise<Engine> | undefined
let openedEngine: Engine | undefined
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

/**
 * What `work` gives, unless the shared GPU reports an error meanwhile: then nothing it gives can be trusted. Waits for
 * the end of the work all the same, so that it has freed what it made.
 */
export async function failOnFault<Result>(engine: Engine, work: () => Promise<Result>): Promise<Result> {
  const faults: Error[] = []
  const stop = listenForFaults((error) => faults.push(error))
  try {
    const result = await work()
    if (faults[0]) throw faults[0]
    return result
  } catch (error) {
    forgetIfLost(engine, error)
    throw faults[0] ?? error
  } finally {
    stop()
  }
}

/** Whoever meets the loss of a device first sees to it that the next caller gets another one: `lost` may tell later. */
export function forgetIfLost(engine: Engine, error: unknown): void {
  if (!isDeviceLost(error) || engine !== openedEngine) return
  gpuEngine = undefined
  openedEngine = undefined
}

function openGpuEngine(): Promise<Engine> {
  const opened = openEngine('gpu')
  opened.then(watchEngine, () => (gpuEngine = undefined))
  return opened
}

function watchEngine(engine: Engine): void {
  openedEngine = engine
  engine.onFault((error) => {
    if (faultListeners.size === 0) console.error(error)
    for (const listener of faultListeners) listener(error)
  })
  if (engine.kind === 'gpu') void engine.gpu.lost.then((error) => forgetIfLost(engine, error))
}
