import type { Dataset } from '../data/dataset'
import { summariseDataset, summarisePictures, summarisePlane } from '../data/summary'
import { dataShape } from '../experiment/dataShape'
import { SpecError } from '../experiment/schema'
import type { ExperimentSpec } from '../experiment/spec'
import { isDeviceLost, openEngine, type Engine } from '../training/engine'
import { checkArchitecture, openSession } from '../training/openSession'
import type { SessionStart, TrainingSession } from '../training/session'
import { FileDesk, openDataset } from './fileDesk'
import { LiveRun, type Post } from './liveRun'
import type { PredictionDesk } from './predictionDesk'
import type { InspectionDesk } from './inspectionDesk'
import { ProbeDesk } from './probeDesk'
import type { EngineChoice, FileDataId, InspectRequest, Letter, Pace, RaceId, Request, RunId } from './protocol'
import { Race } from './race'
import { TrialDesk } from './trialDesk'

type StartRequest = Extract<Request, { kind: 'start' }>

/** Most visitors look into no network: what shows it is fetched when it is first needed. */
const loadInspectionDesk = async () => (await import('./inspectionDesk')).InspectionDesk

/** What the worker does for each request: owns the engine, the data and the runs on screen. */
export class TrainingHost {
  readonly #post: Post
  readonly #files: FileDesk
  #engine: { readonly choice: EngineChoice; readonly opened: Promise<Engine> } | undefined
  /** By what decides them. */
  readonly #datasets = new Map<string, Dataset>()
  #race: Race | undefined
  readonly #trials: TrialDesk
  readonly #probes: ProbeDesk
  #predictions: PredictionDesk | undefined
  #inspections: Promise<InspectionDesk> | undefined
  /** By letter the last request to start, also while it is still being prepared: a newer one overtakes it. */
  readonly #wanted = new Map<Letter, StartRequest>()
  /** How the next race begins. */
  #playing = true
  #pace: Pace = 'watch'
  #visible = true

  constructor(post: Post) {
    this.#post = (report, transfer) => {
      post(report, transfer)
      this.#predictions?.hear(report)
    }
    this.#files = new FileDesk(post)
    this.#probes = new ProbeDesk(post)
    this.#trials = new TrialDesk({
      openEngine: () => this.#openEngine(this.#engine?.choice ?? 'auto'),
      openData: (spec, fileData) => this.#openData(spec, fileData),
      raceDemand: () => this.#raceDemand(),
      post,
    })
  }

  handle(request: Request): void {
    switch (request.kind) {
      case 'start':
        return void this.#start(request)
      case 'remove':
        return this.#remove(request.letter)
      case 'reopenEngine':
        this.#engine = undefined
        return
      case 'play':
        this.#playing = true
        return this.#race?.play()
      case 'pause':
        this.#playing = false
        return this.#race?.pause()
      case 'step':
        return this.#race?.step()
      case 'setPace':
        this.#pace = request.pace
        return this.#race?.setPace(request.pace)
      case 'extend':
        return this.#race?.extend(request.steps)
      case 'change':
        return void this.#race?.change(request.run, request.settings)
      case 'lookBack':
        return this.#race?.lookBack(request.step)
      case 'readFiles':
        return void this.#files.read(request)
      case 'tryOut':
        return this.#trials.add(request)
      case 'cancelTrial':
        return this.#trials.cancel(request.trial)
      case 'measureProbes':
        return this.#measureProbes(request.run)
      case 'cancelProbes':
        return this.#probes.cancel(request.run)
      case 'watchPredictions':
        return void this.#askPredictions(request.run, (desk, run) => desk.watch(run, request.step))
      case 'readSamples':
        return void this.#askPredictions(request.run, (desk, run) => run && desk.readSamples(run.dataset, request))
      case 'inspect':
        return void this.#inspect(request)
      case 'endInspection':
        return this.#endInspection()
      case 'cancelFiles':
        return this.#files.cancel(request.fileData)
      case 'setVisible':
        this.#visible = request.visible
    }
  }

  #raceDemand(): 'all' | 'some' | 'none' {
    if (!this.#race?.playing) return 'none'
    return this.#pace === 'max' ? 'all' : 'some'
  }

  #remove(letter: Letter): void {
    this.#wanted.delete(letter)
    this.#race?.remove(letter)
    this.#endOrphans()
  }

  /** What looked at runs that are no more. */
  #endOrphans(): void {
    const runs = new Set(this.#race?.runs.map(({ id }) => id))
    this.#probes.keepOnly(runs)
    this.#predictions?.keepOnly(runs)
  }

  #measureProbes(id: RunId): void {
    const run = this.#race?.find(id)
    if (run) this.#probes.measure(run)
  }

  /** Asks something about the predictions of a run; what answers is fetched when somebody first looks at any. */
  async #askPredictions(id: RunId | undefined, ask: (desk: PredictionDesk, run?: LiveRun) => void): Promise<void> {
    try {
      const { PredictionDesk } = await import('./predictionDesk')
      this.#predictions ??= new PredictionDesk(this.#post)
      ask(this.#predictions, id === undefined ? undefined : this.#race?.find(id))
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (id !== undefined) this.#post({ kind: 'predictionsFailed', run: id, message }, [])
    }
  }

  async #inspect(request: InspectRequest): Promise<void> {
    this.#inspections ??= loadInspectionDesk().then((Desk) => new Desk(this.#post, (id) => this.#race?.find(id)))
    try {
      const desk = await this.#inspections
      desk.inspect(request)
    } catch (error) {
      this.#inspections = undefined
      const message = error instanceof Error ? error.message : String(error)
      this.#post({ kind: 'inspectionFailed', run: request.run, message }, [])
    }
  }

  #endInspection(): void {
    this.#inspections?.then(
      (desk) => desk.end(),
      // What could not be fetched has nothing to end; whoever asked for it was told.
      () => {},
    )
  }

  /** The old run goes on until the new one is ready to take its place. */
  async #start(request: StartRequest): Promise<void> {
    this.#wanted.set(request.letter, request)
    if (request.race !== this.#race?.id) this.#playing = request.playing
    this.#pace = request.pace
    try {
      const engine = await this.#openEngine(request.engine)
      const spec = (engine.kind === 'reference' && request.withoutGpu) || request.spec
      // Generating data blocks this worker: a network that does not fit them is refused before.
      const shape = dataShape(spec.data)
      if (shape) checkArchitecture(engine, spec, shape)
      const dataset = await this.#openData(spec, request.fileData)
      const session = await openSession(engine, spec, dataset, request.from && (await this.#readWeights(request.from)))
      if (!this.#isWanted(request)) return session.destroy()
      this.#enter({ ...request, spec }, dataset, session)
    } catch (error) {
      this.#refuse(request, error)
    }
  }

  async #readWeights({ run, step }: NonNullable<StartRequest['from']>): Promise<SessionStart> {
    const source = this.#race?.find(run)
    if (!source) throw new Error('The run to continue from is gone. Start this one at step 0.')
    return source.session.readSnapshot(step)
  }

  #isWanted({ letter, run, race }: StartRequest): boolean {
    return this.#wanted.get(letter)?.run === run && race >= (this.#race?.id ?? 0)
  }

  #enter({ run: id, letter, race, spec, fileData }: StartRequest, dataset: Dataset, session: TrainingSession): void {
    // Of an autoencoder the outputs are samples themselves, and none of them an answer to draw over a plane.
    const isAutoencoder = spec.loss.kind === 'reconstruction'
    const plane = isAutoencoder ? undefined : summarisePlane(dataset)
    const pictures = isAutoencoder ? summarisePictures(dataset) : undefined
    const started = {
      spec,
      startStep: session.step,
      outputs: session.outputs,
      variants: session.variants,
      data: summariseDataset(dataset),
      ...(plane ? { plane } : {}),
      ...(pictures ? { pictures } : {}),
    }
    this.#post({ kind: 'started', run: id, letter, started }, [])
    const run = new LiveRun({ id, spec, dataset, fileData, session, plane, pictures, post: this.#post })
    if (this.#race?.id === race) this.#race.add(letter, run)
    else this.#beginRace(race, spec, letter, run)
    this.#keepWhatIsUsed()
  }

  /** The runs of the race before end when the first of the new one is ready. */
  #beginRace(id: RaceId, spec: ExperimentSpec, letter: Letter, run: LiveRun): void {
    void this.#race?.destroy()
    const options = { plannedSteps: spec.training.steps, pace: this.#pace, cadence: spec.monitor.cadence }
    this.#race = new Race(id, options, () => this.#visible)
    this.#race.add(letter, run)
    if (this.#playing) this.#race.play()
  }

  /** Tells why a start failed, unless a newer one has overtaken it. */
  #refuse(request: StartRequest, error: unknown): void {
    if (!this.#isWanted(request)) return
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
    engine.onFault(({ message }) => this.#race?.fail(message))
  }

  /** Runs on equal data share them, and they are kept from run to run while nothing that decides them changes. */
  async #openData(spec: ExperimentSpec, fileData: FileDataId | undefined): Promise<Dataset> {
    const content = await this.#files.contentFor(spec, fileData)
    const key = JSON.stringify([spec.data, spec.seed, fileData])
    const dataset = this.#datasets.get(key) ?? openDataset(spec, content)
    this.#datasets.set(key, dataset)
    return dataset
  }

  #keepWhatIsUsed(): void {
    const runs = this.#race?.runs ?? []
    this.#endOrphans()
    const used = new Set(runs.map(({ dataset }) => dataset))
    for (const [key, dataset] of this.#datasets) if (!used.has(dataset)) this.#datasets.delete(key)
    this.#files.setInUse(new Set(runs.flatMap(({ fileData }) => fileData ?? [])))
  }
}
