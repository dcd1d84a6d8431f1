import { createDataset } from '../../app/data/createDataset'
import { parseSpecOrThrow } from '../../app/experiment/schema'
import type { GeneratedDataSpec } from '../../app/experiment/dataSpec'
import type { ExperimentSpec } from '../../app/experiment/spec'
import { openEngine } from '../../app/training/engine'
import type { SessionNews } from '../../app/training/lane'
import { openSession } from '../../app/training/openSession'
import { Scheduler, type StopReason } from '../../app/training/scheduler'
import type { TrainingSession } from '../../app/training/session'
import { timeSteps, type Contender, type Trainer, type Turn } from './contender'
import { countClasses, KERNEL_EDGE, placeLayers, POOL_EDGE, type BenchNetwork, type PlacedLayer } from './networks'

/** `off`: updates alone; `auto`, or a number of steps: the cadence of the heatmap's columns. */
export type Monitoring = 'off' | 'auto' | number

/**
 * Saturascope's own training, as the page's worker runs it at full pace.
 * @param samples that a column is measured on.
 */
export function ours(monitoring: Monitoring, samples = DEFAULT_SAMPLES): Contender {
  return {
    name: `Saturascope, ${describeMonitoring(monitoring, samples)}`,
    async open(network) {
      const spec = specOf(network, monitoring, samples)
      const engine = await openEngine('gpu')
      const session = await openSession(engine, spec, createDataset(spec.data as GeneratedDataSpec, spec.seed))
      const run = monitoring === 'off' ? bareRunner(session) : scheduledRunner(session, monitoring)
      return {
        run: run.run,
        loss: () => nextLoss(session),
        close() {
          run.close()
          engine.close()
        },
      }
    },
  }
}

function describeMonitoring(monitoring: Monitoring, samples: number): string {
  const cadence = typeof monitoring === 'string' ? `monitoring ${monitoring}` : `a column every ${monitoring} steps`
  return samples === DEFAULT_SAMPLES ? cadence : `${cadence}, ${samples} samples`
}

const PROVING_STEPS = 8

/** What a spec that says nothing is measured on. */
const DEFAULT_SAMPLES = 4_096

/** The network on drawn digits of the size that it reads. */
export function specOf(network: BenchNetwork, monitoring: Monitoring, samples = DEFAULT_SAMPLES): ExperimentSpec {
  return parseSpecOrThrow({
    version: 1,
    data: { kind: 'digits', size: network.input.height, samples: 6000, classes: countClasses(network), heldOut: 0.2 },
    layers: placeLayers(network).map(describeLayer),
    optimizer: { kind: 'adam', learningRate: 0.001 },
    training: { batchSize: network.batch, steps: 100_000 },
    monitor: { source: 'probe', samples, cadence: monitoring === 'off' ? 'auto' : monitoring },
  })
}

function describeLayer({ layer, activation }: PlacedLayer): object {
  switch (layer.kind) {
    case 'dense':
      return { ...layer, activation }
    case 'conv':
      return { ...layer, kernel: KERNEL_EDGE, padding: 'same', activation }
    case 'maxPool':
      return { ...layer, size: POOL_EDGE }
  }
}

/** Mean over the next batches: each is another one, and one alone differs by more than a few steps teach. */
async function nextLoss(session: TrainingSession): Promise<number> {
  await session.settle()
  session.takeRecords()
  await session.advance(PROVING_STEPS)
  await session.settle()
  const losses = session.takeRecords().flatMap(({ loss }) => [...loss])
  if (losses.length !== PROVING_STEPS) throw new Error(`${PROVING_STEPS} settled steps left ${losses.length} losses`)
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length
}

type Runner = Pick<Trainer, 'run' | 'close'>

function bareRunner(session: TrainingSession): Runner {
  return {
    run: (steps) => timeSteps(steps, () => advanceAlone(session, steps)),
    close: () => session.destroy(),
  }
}

async function advanceAlone(session: TrainingSession, steps: number): Promise<void> {
  await session.advance(steps)
  await session.settle()
  session.takeRecords()
}

function scheduledRunner(session: TrainingSession, cadence: 'auto' | number): Runner {
  const watch = new Watch()
  const scheduler = new Scheduler(
    { plannedSteps: 0, pace: 'max', cadence },
    {
      onNews(news) {
        for (const own of news.values()) watch.take(own)
      },
      onStop: (_, reason) => watch.stop(reason),
    },
  )
  scheduler.add(session)
  return {
    async run(steps) {
      if (cadence === 'auto') {
        // The clock stops on the way: at its end a run measures a column whether it is time or not.
        const turn = watch.waitForSteps(steps)
        scheduler.extend(session.step + steps + FURTHER_STEPS)
        const measured = await turn
        await scheduler.pause()
        return measured
      }
      // From one column to another, so that each has its steps.
      await advanceAlone(session, cadence - (session.step % cadence))
      const whole = Math.ceil(steps / cadence) * cadence
      const turn = watch.waitForStop()
      scheduler.extend(session.step + whole)
      return turn
    },
    close: () => void scheduler.destroy(),
  }
}

/** More than a run gets done before it is paused. */
const FURTHER_STEPS = 1_000_000

/** Counts what a scheduler reports until a turn is over. */
class Watch {
  #start = 0
  #steps = 0
  #columns = 0
  #stepsWanted = 0
  #finish: (turn: Turn) => void = () => {}
  #fail: (error: Error) => void = () => {}

  /** The turn is over once this many steps are done. */
  waitForSteps(steps: number): Promise<Turn> {
    return this.#begin(steps)
  }

  /** The turn is over when the scheduler has finished. */
  waitForStop(): Promise<Turn> {
    return this.#begin(Infinity)
  }

  take({ records, columns }: SessionNews): void {
    this.#steps += records.reduce((sum, { loss }) => sum + loss.length, 0)
    this.#columns += columns.length
    if (this.#steps >= this.#stepsWanted) this.#end()
  }

  stop(reason: StopReason): void {
    if (reason.kind === 'finished') this.#end()
    else if (reason.kind !== 'paused') this.#fail(new Error(`training stopped: ${reason.kind}`))
  }

  #begin(stepsWanted: number): Promise<Turn> {
    this.#start = performance.now()
    this.#steps = 0
    this.#columns = 0
    this.#stepsWanted = stepsWanted
    return new Promise((resolve, reject) => {
      this.#finish = resolve
      this.#fail = reject
    })
  }

  #end(): void {
    this.#finish({ steps: this.#steps, millis: performance.now() - this.#start, columns: this.#columns })
  }
}
