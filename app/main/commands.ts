import { applyLiveSettings, diffSpecs, setUnits } from '../experiment/edits'
import { canRace, joinRace } from '../experiment/race'
import type { ExperimentSpec, FileDataSpec, LiveSettings } from '../experiment/spec'
import type { Commands, ForkOptions } from '../runs/commands'
import {
  activeContender,
  activeDraft,
  addContender,
  findContender,
  freeLetter,
  removeContender,
} from '../runs/contenders'
import { shareView } from '../runs/shareView'
import type { Letter, PageState, View } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import type { EngineChoice, Pace, RunId } from '../worker/protocol'
import { ContenderRunner, newDraft, type Experiment } from './contenderRunner'
import { EditHistory } from './editHistory'
import { FileCommands } from './fileCommands'

interface PageOptions {
  readonly store: RunStore
  readonly client: TrainingClient
  readonly engine: EngineChoice
}

/** What undo brings back: every experiment side by side. */
interface Arrangement {
  readonly experiments: ReadonlyMap<Letter, Experiment>
  readonly active: Letter
  readonly baseline: Letter
}

/** What a user can do, done with the store and the training worker. */
export class PageCommands implements Commands {
  readonly #store: RunStore
  readonly #client: TrainingClient
  readonly #engine: EngineChoice
  readonly #files: FileCommands
  readonly #runners = new Map<Letter, ContenderRunner>()
  readonly #history = new EditHistory<Arrangement>()
  #runs = 0
  #races = 0
  /** What the runs of the race that was started last have in common. */
  #raceModel: ExperimentSpec | undefined

  constructor({ store, client, engine }: PageOptions) {
    this.#store = store
    this.#client = client
    this.#engine = engine
    this.#files = new FileCommands(store, client)
  }

  /** @param withoutGpu runs instead of the store's experiment where there is no GPU. */
  startFirst(withoutGpu: ExperimentSpec | undefined): void {
    const { letter, draft } = activeContender(this.#store.getState())
    this.#runner(letter).startNow(draft.spec, withoutGpu)
  }

  play(): void {
    this.#client.send({ kind: 'play' })
  }

  pause(): void {
    this.#client.send({ kind: 'pause' })
  }

  step(): void {
    this.#client.send({ kind: 'step' })
  }

  reset(): void {
    // Whoever starts first begins another race, in which all others start anew.
    this.#raceModel = undefined
    this.#active.restart()
  }

  setPace(pace: Pace): void {
    this.#store.update(() => ({ pace }))
    this.#client.send({ kind: 'setPace', pace })
  }

  continueTraining(): void {
    const { contenders } = this.#store.getState()
    const plannedSteps = Math.max(0, ...contenders.map(({ run }) => run?.plannedSteps ?? 0))
    if (plannedSteps > 0) this.#client.send({ kind: 'extend', steps: 2 * plannedSteps })
  }

  edit(spec: ExperimentSpec): void {
    const { letter, draft } = activeContender(this.#store.getState())
    const paths = diffSpecs(draft.spec, spec)
    if (paths.length > 0) this.#record(`${letter} ${paths.join(' ')}`)
    this.#active.edit(spec)
  }

  change(settings: LiveSettings): void {
    this.edit(applyLiveSettings(activeDraft(this.#store.getState()).spec, settings))
  }

  setWidth(layer: number, units: number): void {
    const state = this.#store.getState()
    const spec = setUnits(activeDraft(state).spec, layer, units)
    if (state.active === state.baseline && freeLetter(state)) this.fork({ spec })
    else this.edit(spec)
  }

  // ── side by side ──────────────────────────────────────────────────────────────────────────────────────────────────

  activate(letter: Letter): void {
    const { view } = this.#store.getState()
    const contender = findContender(this.#store.getState(), letter)
    if (!contender) return
    const lastOutput = (contender.run?.started.outputs.length ?? Infinity) - 1
    this.#store.update(() => ({
      active: letter,
      view: { ...view, selectedOutput: Math.min(view.selectedOutput, lastOutput) },
    }))
  }

  fork({ spec }: ForkOptions = {}): void {
    const state = this.#store.getState()
    const letter = freeLetter(state)
    const source = activeContender(state)
    if (!letter) return
    this.#record(`fork ${letter}`)
    const copied = joinRace(spec ?? source.draft.spec, source.draft.spec)
    this.#addContender(letter, { spec: copied, fileData: this.#runner(source.letter).fileData })
    this.#store.update(() => ({ active: letter }))
  }

  remove(letter: Letter): void {
    const state = this.#store.getState()
    if (state.contenders.length < 2 || !findContender(state, letter)) return
    this.#record(`remove ${letter}`)
    this.#removeContender(letter)
  }

  pin(letter: Letter): void {
    this.#record('baseline')
    this.#store.update((state) => (findContender(state, letter) ? { baseline: letter } : {}))
  }

  undo(): void {
    const arrangement = this.#history.undo(this.#arrangement)
    if (arrangement) this.#arrange(arrangement)
  }

  redo(): void {
    const arrangement = this.#history.redo(this.#arrangement)
    if (arrangement) this.#arrange(arrangement)
  }

  // ── looking ───────────────────────────────────────────────────────────────────────────────────────────────────────

  setView(view: Partial<View>): void {
    this.#store.update((state) => ({ view: { ...state.view, ...view } }))
    if (view.threshold === undefined && view.convention === undefined) return
    for (const { letter } of this.#store.getState().contenders) this.#runner(letter).takeView()
  }

  // ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  readFiles(files: readonly File[]): void {
    this.#files.read(files)
  }

  rereadFiles(data: FileDataSpec): void {
    this.#files.reread(data)
  }

  cancelFiles(): void {
    this.#files.cancel()
  }

  trainOnFiles(): void {
    const before = this.#arrangement
    const experiment = this.#files.accept()
    if (!experiment) return
    this.#record('files', before)
    this.#active.replace(experiment)
  }

  // ── what went wrong ───────────────────────────────────────────────────────────────────────────────────────────────

  halveLearningRate(letter: Letter): void {
    const run = findContender(this.#store.getState(), letter)?.run
    if (!run) return
    const { learningRate } = run.spec.optimizer
    const optimizer = { ...run.spec.optimizer, learningRate: learningRate / 2 }
    this.#record('learning rate')
    this.#runner(letter).replace({ spec: { ...run.spec, optimizer }, fileData: this.#runner(letter).fileData })
  }

  dismissNotice(): void {
    this.#store.update(() => ({ notice: undefined }))
  }

  restartDevice(): void {
    this.#client.send({ kind: 'reopenEngine' })
    this.reset()
  }

  // ── arrangements ──────────────────────────────────────────────────────────────────────────────────────────────────

  get #active(): ContenderRunner {
    return this.#runner(this.#store.getState().active)
  }

  #runner(letter: Letter): ContenderRunner {
    const known = this.#runners.get(letter)
    if (known) return known
    const runner = new ContenderRunner({
      letter,
      store: this.#store,
      client: this.#client,
      start: (of, experiment, withoutGpu) => this.#start(of, experiment, withoutGpu),
    })
    this.#runners.set(letter, runner)
    return runner
  }

  /** Starts a run in the race that goes on; where it cannot join that, all start anew in another. */
  #start(letter: Letter, { spec, fileData }: Experiment, withoutGpu?: ExperimentSpec): RunId {
    const state = this.#store.getState()
    const others = state.contenders.filter((contender) => contender.letter !== letter)
    const joins = others.length > 0 && this.#raceModel !== undefined && canRace(this.#raceModel, spec)
    if (!joins) this.#races++
    this.#raceModel = spec
    const run = String(++this.#runs)
    this.#client.send({
      kind: 'start',
      run,
      letter,
      race: this.#races,
      spec,
      engine: this.#engine,
      pace: state.pace,
      playing: true,
      ...(withoutGpu && { withoutGpu }),
      ...(fileData !== undefined && { fileData }),
    })
    if (!joins) for (const other of others) this.#runner(other.letter).rejoin(spec)
    return run
  }

  #addContender(letter: Letter, { spec, fileData }: Experiment): void {
    const shared = shareView(spec, this.#store.getState().view)
    this.#store.update((state) => addContender(state, { letter, draft: newDraft(shared), run: undefined }))
    this.#runner(letter).replace({ spec: shared, fileData })
  }

  #removeContender(letter: Letter): void {
    this.#runners.get(letter)?.end()
    this.#runners.delete(letter)
    this.#client.send({ kind: 'remove', letter })
    this.#store.update((state) => removeContender(state, letter))
    this.activate(this.#store.getState().active)
  }

  get #arrangement(): Arrangement {
    const { contenders, active, baseline } = this.#store.getState()
    const experiments = contenders.map(({ letter, draft }) => {
      const experiment: Experiment = { spec: draft.spec, fileData: this.#runner(letter).fileData }
      return [letter, experiment] as const
    })
    return { experiments: new Map(experiments), active, baseline }
  }

  /** Brings experiments back; runs whose experiment is as it was go on. */
  #arrange({ experiments, active, baseline }: Arrangement): void {
    for (const [letter, experiment] of experiments) this.#bringBack(letter, experiment)
    for (const { letter } of this.#store.getState().contenders)
      if (!experiments.has(letter)) this.#removeContender(letter)
    this.#store.update(() => ({ baseline }))
    this.activate(active)
    this.#publishHistory()
  }

  #bringBack(letter: Letter, experiment: Experiment): void {
    const contender = findContender(this.#store.getState(), letter)
    if (!contender) this.#addContender(letter, experiment)
    else if (this.#runner(letter).fileData !== experiment.fileData) this.#runner(letter).replace(experiment)
    else if (diffSpecs(contender.draft.spec, experiment.spec).length > 0) this.#runner(letter).edit(experiment.spec)
  }

  #record(kind: string, before = this.#arrangement): void {
    this.#history.record(before, kind, performance.now())
    this.#publishHistory()
  }

  #publishHistory(): void {
    const { canUndo, canRedo } = this.#history
    const history: PageState['history'] = { canUndo, canRedo }
    this.#store.update(() => ({ history }))
  }
}
