import type { Dataset } from '../data/dataset'
import { summariseDataset, summarisePlane } from '../data/summary'
import { dataShape } from '../experiment/dataShape'
import { SpecError } from '../experiment/schema'
import type { ExperimentSpec } from '../experiment/spec'
import { isDeviceLost, openEngine, type Engine } from '../training/engine'
import { checkArchitecture, openSession } from '../training/openSession'
import type { TrainingSession } from '../training/session'
import { FileDesk } from './fileDesk'
import { LiveRun, type Post } from './liveRun'
import type { EngineChoice, FileDataId, Request } from './protocol'

type StartRequest = Extract<Request, { kind: 'start' }>

/** What the worker does for each request: owns the engine, the data and the one run on screen. */
export class TrainingHost {
  readonly #post: Post
  readonly #files: FileDesk
  #engine: { readonly choice: EngineChoice; readonly opened: Promise<Engine> } | undefined
  #dataset: { readonly key: string; readonly dataset: Dataset } | undefined
  #run: LiveRun | undefined
  /** The last request to start, also while it is still being prepared: a newer one overtakes it. */
  #wanted: StartRequest | undefined
  #visible = true

  constructor(post: Post) {
    this.#post = post
    this.#files = new FileDesk(post)
  }

  handle(request: Request): void {
    switch (request.kind) {
      case 'start':
        return void this.#start(request)
      case 'reopenEngine':
        this.#engine = undefined
        return
      case 'play':
        return this.#setPlaying(true)
      case 'pause':
        return this.#setPlaying(false)
      case 'step':
        return void this.#run?.scheduler.singleStep()
      case 'setPace':
        return this.#setPace(request)
      case 'extend':
        return this.#run?.scheduler.extend(request.steps)
      case 'change':
        return this.#change(request)
      case 'readFiles':
        return void this.#files.read(request)
      case 'cancelFiles':
        return this.#files.cancel(request.fileData)
      case 'setVisible':
        this.#visible = request.visible
    }
  }

  #setPlaying(playing: boolean): void {
    if (this.#wanted) this.#wanted = { ...this.#wanted, playing }
    if (playing) this.#run?.play()
    else void this.#run?.scheduler.pause()
  }

  #setPace({ pace }: Extract<Request, { kind: 'setPace' }>): void {
    if (this.#wanted) this.#wanted = { ...this.#wanted, pace }
    this.#run?.scheduler.setPace(pace)
  }

  #change({ run, settings }: Extract<Request, { kind: 'change' }>): void {
    if (this.#run?.id === run) this.#run.change(settings)
  }

  /** The old run goes on until the new one is ready to take its place. */
  async #start(request: StartRequest): Promise<void> {
    this.#wanted = request
    try {
      const engine = await this.#openEngine(request.engine)
      const spec = (engine.kind === 'reference' && request.withoutGpu) || request.spec
      // Generating data blocks this worker: a network that does not fit them is refused before.
      const shape = dataShape(spec.data)
      if (shape) checkArchitecture(engine, spec, shape)
      const dataset = this.#openData(spec, request.fileData)
      const session = await openSession(engine, spec, dataset)
      if (this.#wanted.run !== request.run) return session.destroy()
      const previous = this.#run
      this.#run = this.#begin({ ...this.#wanted, spec }, dataset, session)
      await previous?.destroy()
    } catch (error) {
      this.#refuse(request, error)
    }
  }

  #begin(request: StartRequest, dataset: Dataset, session: TrainingSession): LiveRun {
    const { run: id, spec, pace, playing } = request
    const plane = summarisePlane(dataset)
    const started = {
      spec,
      outputs: session.outputs,
      variants: session.variants,
      data: summariseDataset(dataset),
      ...(plane ? { plane } : {}),
    }
    this.#post({ kind: 'started', run: id, started }, [])
    const run = new LiveRun({
      id,
      spec,
      dataset,
      session,
      plane,
      pace,
      isVisible: () => this.#visible,
      post: this.#post,
    })
    if (playing) run.play()
    return run
  }

  /** Tells why a start failed, unless a newer one has overtaken it. */
  #refuse(request: StartRequest, error: unknown): void {
    if (this.#wanted?.run !== request.run) return
    const fields = error instanceof SpecError ? error.faults : []
    const message = error instanceof Error ? error.message : String(error)
    if (isDeviceLost(error)) {
      this.#post({ kind: 'stopped', run: request.run, step: 0, reason: { kind: 'device-lost', message } }, [])
    }
    this.#post({ kind: 'refused', run: request.run, message, fields }, [])
  }

  #openEngine(choice: EngineChoice): Promise<Engine> {
    if (this.#engine?.choice !== choice) {
      const opened = openEngine(choice)
      this.#engine = { choice, opened }
      opened.then(
        (engine) => this.#welcome(engine),
        // Told by whoever asked; the next start tries again.
        () => (this.#engine = undefined),
      )
    }
    return this.#engine.opened
  }

  #welcome(engine: Engine): void {
    this.#post({ kind: 'ready', engine: engine.report }, [])
    engine.onFault(({ message }) => this.#run?.fail(message))
  }

  /** The data is kept from run to run while nothing that decides it changes. */
  #openData(spec: ExperimentSpec, fileData: FileDataId | undefined): Dataset {
    const key = JSON.stringify([spec.data, spec.seed, fileData])
    if (this.#dataset?.key !== key) this.#dataset = { key, dataset: this.#files.openDataset(spec, fileData) }
    return this.#dataset.dataset
  }
}
