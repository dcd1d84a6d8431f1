import { describeArchitecture } from '../experiment/architecture'
import { keepsShape } from '../experiment/dataKinds'
import { dataShape, type DataShape } from '../experiment/dataShape'
import { applyLiveSettings, diffSpecs, liveChange } from '../experiment/edits'
import type { FieldFault } from '../experiment/faults'
import { joinRace } from '../experiment/race'
import { parseSpec } from '../experiment/schema'
import type { ExperimentSpec, LiveSettings } from '../experiment/spec'
import { changeContender, findContender } from '../runs/contenders'
import { shareView } from '../runs/shareView'
import type { Contender, Draft, Letter, Origin, RunState } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import type { FileDataId, Report, RunId } from '../worker/protocol'

/** A slider that is dragged through twenty values starts one run, not twenty. */
const START_DELAY_MILLIS = 120

/** An experiment and the files its data mean. */
export interface Experiment {
  readonly spec: ExperimentSpec
  readonly fileData: FileDataId | undefined
}

export interface StartOptions {
  readonly withoutGpu?: ExperimentSpec | undefined
  readonly origin?: Origin | undefined
}

export type SamplingRefusal = Extract<Report, { kind: 'samplingRefused' }>

interface RunnerOptions {
  readonly letter: Letter
  readonly store: RunStore
  readonly client: TrainingClient
  /** Asks the worker for a run: `withoutGpu` instead where there is no GPU, with the weights of `origin`. */
  readonly start: (letter: Letter, experiment: Experiment, more?: StartOptions) => RunId
}

/** Keeps the run of one contender in step with its draft. */
export class ContenderRunner {
  readonly #options: RunnerOptions
  #fileData: FileDataId | undefined
  #lastRun: RunId | undefined
  /** The spec of the last start that was asked for, with the live changes since. */
  #wanted: ExperimentSpec | undefined
  /** What was started instead if the worker found no GPU. */
  #withoutGpu: ExperimentSpec | undefined
  /** The spec of an edit that starts as soon as no other follows. */
  #pending: { readonly spec: ExperimentSpec; readonly timer: ReturnType<typeof setTimeout> } | undefined

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  get fileData(): FileDataId | undefined {
    return this.#fileData
  }

  /**
   * Replaces the draft. A valid one starts a run where it must, else changes the one that is going on; an invalid one
   * shows its faults while the old run goes on.
   */
  edit(spec: ExperimentSpec): void {
    this.#cancelPending()
    const { draft, run } = this.#contender
    const { view, engine } = this.#options.store.getState()
    const edited = changesOnlyView(draft.spec, spec) ? spec : shareView(spec, view)
    const parsed = parseSpec(edited)
    const faults = parsed.ok ? architectureFaults(parsed.spec, run) : parsed.faults
    this.#change(() => ({ draft: newDraft(parsed.ok ? parsed.spec : edited, faults) }))
    if (!parsed.ok || faults.length > 0) return
    const { threshold, convention } = parsed.spec.monitor
    this.#options.store.update((state) => ({ view: { ...state.view, threshold, convention } }))
    const isRunning = run !== undefined && run.id === this.#lastRun
    if (isRunning && engine?.engine === 'reference') this.#wanted = this.#withoutGpu ?? this.#wanted
    if (isRunning) this.#withoutGpu = undefined
    const change = this.#wanted ? liveChange(this.#wanted, parsed.spec) : 'restart'
    // The same spec is asked for again while it does not run: its refusal, past or still to come, met another draft.
    if (change === 'restart' || !isRunning) this.#startSoon(parsed.spec)
    else if (change !== 'none') this.#applyLive(parsed.spec, change)
  }

  /** Replaces the draft by another experiment, which starts in any case. */
  replace({ spec, fileData }: Experiment): void {
    const shared = shareView(spec, this.#options.store.getState().view)
    this.#fileData = fileData
    this.#change(() => ({ draft: newDraft(shared) }))
    this.#startSoon(shared)
  }

  /** Starts an experiment at once. */
  startNow(spec: ExperimentSpec, more: StartOptions = {}): void {
    this.#cancelPending()
    this.#wanted = spec
    this.#withoutGpu = more.withoutGpu
    this.#lastRun = this.#options.start(this.#options.letter, { spec, fileData: this.#fileData }, more)
    this.#change(({ draft }) => ({ draft: { ...draft, asked: this.#lastRun }, origin: more.origin }))
  }

  /** Starts an experiment at once with the weights of another run. */
  continueFrom(origin: Origin, { spec, fileData }: Experiment): void {
    this.#fileData = fileData
    this.startNow(spec, { origin })
  }

  /** Starts at once what was edited last and is valid, else what runs. */
  restart(): void {
    const { run, draft } = this.#contender
    if (this.#pending) this.startNow(this.#pending.spec)
    else if (this.#wanted && this.#isUnanswered()) this.startNow(this.#wanted, { withoutGpu: this.#withoutGpu })
    else this.startNow(run?.spec ?? draft.spec)
  }

  /** Starts anew with what a race with `model` demands; faults in the draft stay. */
  rejoin(model: ExperimentSpec): void {
    const { run, draft } = this.#contender
    const last = this.#pending?.spec ?? (this.#isUnanswered() ? this.#wanted : undefined) ?? run?.spec ?? draft.spec
    this.#change((before) => ({ draft: { ...before.draft, spec: joinRace(before.draft.spec, model) } }))
    this.startNow(joinRace(last, model))
  }

  /** Takes δ and the convention on screen over: they are part of what a link shares, and change nothing that runs. */
  takeView(): void {
    const share = (spec: ExperimentSpec): ExperimentSpec => shareView(spec, this.#options.store.getState().view)
    this.#wanted &&= share(this.#wanted)
    this.#pending &&= { ...this.#pending, spec: share(this.#pending.spec) }
    this.#change(({ draft, run }) => ({
      draft: { ...draft, spec: share(draft.spec) },
      run: run && { ...run, spec: share(run.spec) },
    }))
  }

  /** Goes back to the sampling in force where this run was asked for one that the adapter cannot hold. */
  takeBack({ run: id, refused, inForce }: SamplingRefusal): void {
    if (id !== this.#lastRun) return
    const restore = (spec: ExperimentSpec): ExperimentSpec =>
      spec.monitor.sampling === refused ? applyLiveSettings(spec, { sampling: inForce }) : spec
    this.#wanted &&= restore(this.#wanted)
    this.#change(({ draft, run }) => ({
      draft: { ...draft, spec: restore(draft.spec) },
      run: run && { ...run, spec: restore(run.spec) },
    }))
  }

  /** Starts nothing any more. */
  end(): void {
    this.#cancelPending()
  }

  get #contender(): Contender {
    const contender = findContender(this.#options.store.getState(), this.#options.letter)
    if (!contender) throw new Error(`there is no run ${this.#options.letter}`)
    return contender
  }

  #change(change: (contender: Contender) => Partial<Contender>): void {
    this.#options.store.update((state) => changeContender(state, this.#options.letter, change))
  }

  #startSoon(spec: ExperimentSpec): void {
    this.#cancelPending()
    const timer = setTimeout(() => this.startNow(this.#pending?.spec ?? spec), START_DELAY_MILLIS)
    this.#pending = { spec, timer }
  }

  #cancelPending(): void {
    clearTimeout(this.#pending?.timer)
    this.#pending = undefined
  }

  /** Whether the last start that was asked for has neither become the run on screen nor been refused. */
  #isUnanswered(): boolean {
    const { run, draft } = this.#contender
    return run?.id !== this.#lastRun && !(draft.asked === this.#lastRun && draft.refusal)
  }

  /** The worker answers with the step at which the settings came into force: that is what the run logs. */
  #applyLive(spec: ExperimentSpec, settings: LiveSettings): void {
    this.#wanted = spec
    if (this.#lastRun !== undefined && Object.keys(settings).length > 0) {
      this.#options.client.send({ kind: 'change', run: this.#lastRun, settings })
    }
    this.#change(({ run }) => ({ run: run && { ...run, spec } }))
  }
}

/** A draft nobody has found fault with yet, or with these. */
export function newDraft(spec: ExperimentSpec, faults: readonly FieldFault[] = []): Draft {
  return { spec, faults, asked: undefined, refusal: undefined }
}

/** Whether an edit is about δ or the convention; any other keeps what is on screen, as a preset that names neither. */
function changesOnlyView(before: ExperimentSpec, after: ExperimentSpec): boolean {
  return diffSpecs(before, after).every((path) => path === 'monitor.threshold' || path === 'monitor.convention')
}

/** What a parsed spec may still have wrong: a network that does not fit its data. */
function architectureFaults(spec: ExperimentSpec, run: RunState | undefined): readonly FieldFault[] {
  const shape = dataShape(spec.data) ?? (run && keepsShape(run.spec.data, spec.data) ? runShape(run) : undefined)
  return shape ? describeArchitecture(spec, shape).faults : []
}

/** Of the data a run is trained on. */
export function runShape({ started }: RunState): DataShape {
  return started.data
}
