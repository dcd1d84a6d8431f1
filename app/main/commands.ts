import { applyLiveSettings, diffSpecs, setWidth } from '../experiment/edits'
import type { LayerPlace } from '../experiment/layerPlace'
import { joinRace, keepsWeights } from '../experiment/race'
import type { FileDataSpec } from '../experiment/dataSpec'
import type { ExperimentSpec, LiveSettings } from '../experiment/spec'
import type { Commands, ForkOptions } from '../runs/commands'
import { activeContender, activeDraft, activeRun, changeRun, findContender, freeLetter } from '../runs/contenders'
import { validSpec } from '../runs/draftFaults'
import { whyNoProbes } from '../runs/probes'
import type { InspectedSample, Letter, PageState, View } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { StudyQuestion } from '../runs/study'
import type { TrainingClient } from '../worker/client'
import type { JudgedPart, Pace, Report } from '../worker/protocol'
import { runShape } from './contenderRunner'
import { EditHistory } from './editHistory'
import { FileCommands } from './fileCommands'
import { RaceDesk, type Arrangement, type PageOptions } from './raceDesk'
import { StudyDesk, type Candidate } from './studyDesk'

/** Seeds of a test: the fewest that have a spread worth speaking of. */
const TEST_SEEDS = 3

/** What a user can do, done with the store and the training worker. */
export class PageCommands implements Commands {
  readonly #store: RunStore
  readonly #client: TrainingClient
  readonly #desk: RaceDesk
  readonly #files: FileCommands
  readonly #studies: StudyDesk
  readonly #history = new EditHistory<Arrangement>()

  constructor(options: PageOptions) {
    const { store, client } = options
    this.#store = store
    this.#client = client
    this.#desk = new RaceDesk(options)
    this.#files = new FileCommands(store, client)
    this.#studies = new StudyDesk(store, client)
  }

  /** @param withoutGpu runs instead of the store's experiment where there is no GPU. */
  startFirst(withoutGpu: ExperimentSpec | undefined): void {
    const { letter, draft } = activeContender(this.#store.getState())
    this.#desk.runner(letter).startNow(draft.spec, { withoutGpu })
  }

  /** Puts further experiments up beside the first, as a link had them. */
  openBeside(specs: readonly ExperimentSpec[]): void {
    for (const spec of specs) {
      const letter = freeLetter(this.#store.getState())
      if (letter) this.#desk.add(letter, { spec, fileData: undefined })
    }
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
    this.#desk.restart()
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
    this.#desk.active.edit(spec)
  }

  change(settings: LiveSettings): void {
    this.edit(applyLiveSettings(activeDraft(this.#store.getState()).spec, settings))
  }

  setWidth(place: LayerPlace, width: number): void {
    const state = this.#store.getState()
    const spec = setWidth(activeDraft(state).spec, place, width)
    if (state.active === state.baseline && freeLetter(state)) this.fork({ spec })
    else this.edit(spec)
  }

  // ── side by side ──────────────────────────────────────────────────────────────────────────────────────────────────

  putSideBySide(specs: readonly [ExperimentSpec, ...ExperimentSpec[]]): void {
    this.#record('side by side')
    this.#desk.replaceAll(specs)
  }

  activate(letter: Letter): void {
    this.#desk.activate(letter)
  }

  fork({ spec, atStep }: ForkOptions = {}): void {
    const state = this.#store.getState()
    const letter = freeLetter(state)
    const source = activeContender(state)
    if (!letter) return
    this.#record(`fork ${letter}`)
    const meant = validSpec(source)
    const copied = joinRace(spec ?? meant, meant)
    const { run } = source
    const origin =
      atStep === undefined || !run
        ? undefined
        : { letter: source.letter, step: atStep, keepsWeights: keepsWeights(run.spec, copied) }
    this.#desk.add(letter, { spec: copied, fileData: this.#desk.runner(source.letter).fileData }, origin)
    this.#store.update(() => ({ active: letter }))
  }

  remove(letter: Letter): void {
    const state = this.#store.getState()
    if (state.contenders.length < 2 || !findContender(state, letter)) return
    this.#record(`remove ${letter}`)
    this.#desk.remove(letter)
  }

  pin(letter: Letter): void {
    const state = this.#store.getState()
    if (letter === state.baseline || !findContender(state, letter)) return
    this.#record('baseline')
    this.#store.update(() => ({ baseline: letter }))
  }

  undo(): void {
    const arrangement = this.#history.undo(this.#desk.arrangement)
    if (arrangement) this.#desk.arrange(arrangement)
    this.#publishHistory()
  }

  redo(): void {
    const arrangement = this.#history.redo(this.#desk.arrangement)
    if (arrangement) this.#desk.arrange(arrangement)
    this.#publishHistory()
  }

  // ── in the background ─────────────────────────────────────────────────────────────────────────────────────────────

  repeatSeeds(seeds: number): void {
    const { contenders } = this.#store.getState()
    const candidates = contenders.flatMap(({ letter, run }) => (run ? { name: letter, letter, spec: run.spec } : []))
    this.#study({ kind: 'seeds' }, candidates, seeds)
  }

  testChange({ label, spec }: { readonly label: string; readonly spec: ExperimentSpec }): void {
    const { letter, run } = activeContender(this.#store.getState())
    if (!run) return
    const changed = joinRace(spec, run.spec)
    const candidates = [
      { name: letter, letter, spec: run.spec },
      { name: label, letter: freeLetter(this.#store.getState()), spec: changed },
    ]
    this.#study({ kind: 'change', hypothesis: label }, candidates, TEST_SEEDS)
    this.fork({ spec: changed })
  }

  slimDown(tolerance: number): void {
    const { letter, run } = activeContender(this.#store.getState())
    if (run) this.#study({ kind: 'slimDown', tolerance }, [{ name: letter, letter, spec: run.spec }], TEST_SEEDS)
  }

  cancelStudy(id: string): void {
    this.#studies.cancel(id)
  }

  dismissStudy(id: string): void {
    this.#studies.dismiss(id)
  }

  measureProbes(): void {
    for (const { run } of this.#store.getState().contenders) {
      if (!run || run.probes.underWay !== undefined || whyNoProbes(run.started.data) !== undefined) continue
      this.#store.update((state) =>
        changeRun(state, run.id, ({ probes }) => ({ probes: { ...probes, underWay: 0, failure: undefined } })),
      )
      this.#client.send({ kind: 'measureProbes', run: run.id })
    }
  }

  cancelProbes(): void {
    for (const { run } of this.#store.getState().contenders) {
      if (run?.probes.underWay !== undefined) this.#client.send({ kind: 'cancelProbes', run: run.id })
    }
  }

  /** Takes in what the worker says of trials, and what it could not do. */
  receive(report: Report): void {
    if (report.kind === 'samplingRefused') this.#desk.takeBack(report)
    else this.#studies.receive(report)
  }

  #study(question: StudyQuestion, candidates: readonly Candidate[], seeds: number): void {
    const { letter, run } = activeContender(this.#store.getState())
    const { fileData } = this.#desk.runner(letter)
    if (run) this.#studies.begin(question, candidates, { seeds, data: runShape(run), fileData })
  }

  // ── looking ───────────────────────────────────────────────────────────────────────────────────────────────────────

  watchPredictions(look?: { readonly step: number | undefined }): void {
    const run = look && activeRun(this.#store.getState())?.id
    this.#client.send({ kind: 'watchPredictions', run, step: look?.step })
  }

  readSamples(part: JudgedPart, positions: readonly number[]): void {
    const run = activeRun(this.#store.getState())
    if (run) this.#client.send({ kind: 'readSamples', run: run.id, part, positions })
  }

  setView(view: Partial<View>): void {
    this.#store.update((state) => ({ view: { ...state.view, ...view } }))
    if (view.threshold === undefined && view.convention === undefined) return
    for (const { letter } of this.#store.getState().contenders) this.#desk.runner(letter).takeView()
  }

  inspect(sample: InspectedSample): void {
    this.#store.update(({ inspection }) => ({ inspection: { ...inspection, sample } }))
  }

  watchInspection(watch: Parameters<Commands['watchInspection']>[0]): void {
    this.#store.update(({ inspection }) => ({ inspection: { ...inspection, ...watch } }))
  }

  // ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  readFiles(files: readonly File[], paths?: readonly string[]): void {
    this.#files.read({ files, paths: paths ?? files.map(({ name }) => name) })
  }

  rereadFiles(data: FileDataSpec): void {
    this.#files.reread(data)
  }

  cancelFiles(): void {
    this.#files.cancel()
  }

  trainOnFiles(): void {
    const before = this.#desk.arrangement
    const experiment = this.#files.accept()
    if (!experiment) return
    this.#record('files', before)
    this.#desk.active.replace(experiment)
  }

  // ── what went wrong ───────────────────────────────────────────────────────────────────────────────────────────────

  halveLearningRate(letter: Letter): void {
    const run = findContender(this.#store.getState(), letter)?.run
    if (!run) return
    const { learningRate } = run.spec.optimizer
    const optimizer = { ...run.spec.optimizer, learningRate: learningRate / 2 }
    this.#record('learning rate')
    this.#desk
      .runner(letter)
      .replace({ spec: { ...run.spec, optimizer }, fileData: this.#desk.runner(letter).fileData })
  }

  dismissNotice(): void {
    this.#store.update(() => ({ notice: undefined }))
  }

  restartDevice(): void {
    this.#client.send({ kind: 'reopenEngine' })
    this.reset()
  }

  #record(kind: string, before = this.#desk.arrangement): void {
    this.#history.record(before, kind, performance.now())
    this.#publishHistory()
  }

  #publishHistory(): void {
    const { canUndo, canRedo } = this.#history
    const history: PageState['history'] = { canUndo, canRedo }
    this.#store.update(() => ({ history }))
  }
}
