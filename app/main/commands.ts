import { describeArchitecture } from '../experiment/architecture'
import { dataShape } from '../experiment/dataShape'
import { applyLiveSettings, diffSpecs, liveChange } from '../experiment/edits'
import type { FieldFault } from '../experiment/faults'
import { parseSpec } from '../experiment/schema'
import type { ExperimentSpec, FileDataSpec, LiveSettings } from '../experiment/spec'
import type { Commands } from '../runs/commands'
import type { PageState, View } from '../runs/state'
import type { RunStore } from '../runs/store'
import { shareView } from '../runs/shareView'
import type { TrainingClient } from '../worker/client'
import type { EngineChoice, Pace } from '../worker/protocol'
import { FileCommands } from './fileCommands'

/** A slider that is dragged through twenty values starts one run, not twenty. */
const START_DELAY_MILLIS = 120

interface PageOptions {
  readonly store: RunStore
  readonly client: TrainingClient
  readonly engine: EngineChoice
}

/** What a user can do, done with the store and the training worker. */
export class PageCommands implements Commands {
  readonly #store: RunStore
  readonly #client: TrainingClient
  readonly #engine: EngineChoice
  readonly #files: FileCommands
  #runs = 0
  /** The spec of the last start that was asked for, with the live changes since. */
  #wanted: ExperimentSpec | undefined
  /** What was started instead if the worker found no GPU. */
  #withoutGpu: ExperimentSpec | undefined
  /** The spec of an edit that starts as soon as no other follows. */
  #pending: { readonly spec: ExperimentSpec; readonly timer: ReturnType<typeof setTimeout> } | undefined

  constructor({ store, client, engine }: PageOptions) {
    this.#store = store
    this.#client = client
    this.#engine = engine
    this.#files = new FileCommands(store, client)
  }

  /** @param withoutGpu runs instead of the store's experiment where there is no GPU. */
  startFirst(withoutGpu: ExperimentSpec | undefined): void {
    this.#startNow(this.#store.getState().draft.spec, withoutGpu)
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
    const { run, draft } = this.#store.getState()
    if (this.#pending) this.#startNow(this.#pending.spec)
    else if (this.#wanted && this.#isUnanswered()) this.#startNow(this.#wanted, this.#withoutGpu)
    else this.#startNow(run?.spec ?? draft.spec)
  }

  setPace(pace: Pace): void {
    this.#store.update(() => ({ pace }))
    this.#client.send({ kind: 'setPace', pace })
  }

  continueTraining(): void {
    const { run } = this.#store.getState()
    if (run) this.#client.send({ kind: 'extend', steps: 2 * run.plannedSteps })
  }

  edit(spec: ExperimentSpec): void {
    this.#cancelPending()
    const state = this.#store.getState()
    const edited = changesOnlyView(state.draft.spec, spec) ? spec : shareView(spec, state.view)
    const parsed = parseSpec(edited)
    const faults = parsed.ok ? architectureFaults(parsed.spec, state) : parsed.faults
    this.#store.update(() => ({ draft: newDraft(parsed.ok ? parsed.spec : edited, faults) }))
    if (!parsed.ok || faults.length > 0) return
    const { threshold, convention } = parsed.spec.monitor
    this.#store.update(({ view }) => ({ view: { ...view, threshold, convention } }))
    const isRunning = state.run?.id === String(this.#runs)
    if (isRunning && state.engine?.engine === 'reference') this.#wanted = this.#withoutGpu ?? this.#wanted
    if (isRunning) this.#withoutGpu = undefined
    const change = this.#wanted ? liveChange(this.#wanted, parsed.spec) : 'restart'
    // The same spec is asked for again while it does not run: its refusal, past or still to come, met another draft.
    if (change === 'restart' || !isRunning) this.#startSoon(parsed.spec)
    else if (change !== 'none') this.#applyLive(parsed.spec, change)
  }

  change(settings: LiveSettings): void {
    this.edit(applyLiveSettings(this.#store.getState().draft.spec, settings))
  }

  setView(view: Partial<View>): void {
    this.#store.update((state) => ({ view: { ...state.view, ...view } }))
    if (view.threshold === undefined && view.convention === undefined) return
    // δ and the convention are part of what a link shares, and change nothing that runs.
    const share = (spec: ExperimentSpec) => shareView(spec, this.#store.getState().view)
    this.#wanted &&= share(this.#wanted)
    this.#pending &&= { ...this.#pending, spec: share(this.#pending.spec) }
    this.#store.update(({ run, draft }) => ({
      draft: { ...draft, spec: share(draft.spec) },
      ...(run && { run: { ...run, spec: share(run.spec) } }),
    }))
  }

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
    const spec = this.#files.accept()
    if (spec) this.#replace(spec)
  }

  halveLearningRate(): void {
    const spec = this.#store.getState().run?.spec
    if (!spec) return
    const { learningRate } = spec.optimizer
    this.#replace({ ...spec, optimizer: { ...spec.optimizer, learningRate: learningRate / 2 } })
  }

  dismissNotice(): void {
    this.#store.update(() => ({ notice: undefined }))
  }

  restartDevice(): void {
    this.#client.send({ kind: 'reopenEngine' })
    this.reset()
  }

  #replace(replacement: ExperimentSpec): void {
    const spec = shareView(replacement, this.#store.getState().view)
    this.#store.update(() => ({ draft: newDraft(spec) }))
    this.#startSoon(spec)
  }

  #startSoon(spec: ExperimentSpec): void {
    this.#cancelPending()
    const timer = setTimeout(() => this.#startNow(this.#pending?.spec ?? spec), START_DELAY_MILLIS)
    this.#pending = { spec, timer }
  }

  #cancelPending(): void {
    clearTimeout(this.#pending?.timer)
    this.#pending = undefined
  }

  /** Whether the last start that was asked for has neither become the run on screen nor been refused. */
  #isUnanswered(): boolean {
    const { run, draft } = this.#store.getState()
    const last = String(this.#runs)
    return run?.id !== last && !(draft.asked === last && draft.refusal)
  }

  #startNow(spec: ExperimentSpec, withoutGpu?: ExperimentSpec): void {
    this.#cancelPending()
    this.#runs++
    this.#wanted = spec
    this.#withoutGpu = withoutGpu
    const run = String(this.#runs)
    this.#store.update(({ draft }) => ({ draft: { ...draft, asked: run } }))
    const fileData = this.#files.accepted
    this.#client.send({
      kind: 'start',
      run,
      spec,
      engine: this.#engine,
      pace: this.#store.getState().pace,
      playing: true,
      ...(withoutGpu && { withoutGpu }),
      ...(fileData !== undefined && { fileData }),
    })
  }

  /** The worker answers with the step at which the settings came into force: that is what the run logs. */
  #applyLive(spec: ExperimentSpec, settings: LiveSettings): void {
    this.#wanted = spec
    if (Object.keys(settings).length > 0) {
      this.#client.send({ kind: 'change', run: String(this.#runs), settings })
    }
    this.#store.update(({ run }) => ({ ...(run && { run: { ...run, spec } }) }))
  }
}

function newDraft(spec: ExperimentSpec, faults: readonly FieldFault[] = []): PageState['draft'] {
  return { spec, faults, asked: undefined, refusal: undefined }
}

/** Whether an edit is about δ or the convention; any other keeps what is on screen, as a preset that names neither. */
function changesOnlyView(before: ExperimentSpec, after: ExperimentSpec): boolean {
  return diffSpecs(before, after).every((path) => path === 'monitor.threshold' || path === 'monitor.convention')
}

/** What a parsed spec may still have wrong: a network that does not fit its data. */
function architectureFaults(spec: ExperimentSpec, { run }: PageState): readonly FieldFault[] {
  const shape = dataShape(spec.data) ?? (run?.spec.data.kind === spec.data.kind ? runShape(run) : undefined)
  return shape ? describeArchitecture(spec, shape).faults : []
}

function runShape({ started }: NonNullable<PageState['run']>) {
  const { sampleShape, task } = started.data
  return { features: sampleShape.reduce((product, size) => product * size, 1), task }
}
