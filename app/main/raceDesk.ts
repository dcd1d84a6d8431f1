import { diffSpecs } from '../experiment/edits'
import { canRace, joinRace } from '../experiment/race'
import type { ExperimentSpec } from '../experiment/spec'
import { addContender, findContender, removeContender } from '../runs/contenders'
import { shareView } from '../runs/shareView'
import type { Letter, Origin } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import { letters, type EngineChoice, type RunId } from '../worker/protocol'
import { ContenderRunner, newDraft, type Experiment, type SamplingRefusal, type StartOptions } from './contenderRunner'

export interface PageOptions {
  readonly store: RunStore
  readonly client: TrainingClient
  readonly engine: EngineChoice
}

/** Every experiment side by side, as undo brings them back. */
export interface Arrangement {
  readonly experiments: ReadonlyMap<Letter, Experiment>
  readonly active: Letter
  readonly baseline: Letter
}

/** Keeps the contenders on the page and their runs in the worker together. */
export class RaceDesk {
  readonly #store: RunStore
  readonly #client: TrainingClient
  readonly #engine: EngineChoice
  readonly #runners = new Map<Letter, ContenderRunner>()
  #runs = 0
  #races = 0
  /** What the runs of the race that was started last have in common. */
  #raceModel: ExperimentSpec | undefined

  constructor({ store, client, engine }: PageOptions) {
    this.#store = store
    this.#client = client
    this.#engine = engine
  }

  /** All runs from step 0. */
  restart(): void {
    // Whoever starts first begins another race, in which all others start anew.
    this.#raceModel = undefined
    this.active.restart()
  }

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

  get active(): ContenderRunner {
    return this.runner(this.#store.getState().active)
  }

  runner(letter: Letter): ContenderRunner {
    const known = this.#runners.get(letter)
    if (known) return known
    const runner = new ContenderRunner({
      letter,
      store: this.#store,
      client: this.#client,
      start: (of, experiment, more) => this.#start(of, experiment, more),
    })
    this.#runners.set(letter, runner)
    return runner
  }

  /** Starts a run in the race that goes on; where it cannot join that, all start anew in another. */
  #start(letter: Letter, { spec, fileData }: Experiment, { withoutGpu, origin }: StartOptions = {}): RunId {
    const state = this.#store.getState()
    const others = state.contenders.filter((contender) => contender.letter !== letter)
    const joins = others.length > 0 && this.#raceModel !== undefined && canRace(this.#raceModel, spec)
    if (!joins) this.#races++
    this.#raceModel = spec
    const run = String(++this.#runs)
    const source = origin?.keepsWeights && findContender(state, origin.letter)?.run
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
      ...(source && origin && { from: { run: source.id, step: origin.step } }),
      ...(fileData !== undefined && { fileData }),
    })
    if (!joins) for (const other of others) this.runner(other.letter).rejoin(spec)
    return run
  }

  /** What the adapter has no memory for is neither asked for any more nor shown as if it were in force. */
  takeBack(refusal: SamplingRefusal): void {
    for (const runner of this.#runners.values()) runner.takeBack(refusal)
    this.#store.update(() => ({ notice: refusal.message }))
  }

  /** Puts a contender up whose run starts, with the weights of `origin` where there is one. */
  add(letter: Letter, { spec, fileData }: Experiment, origin?: Origin): void {
    const shared = shareView(spec, this.#store.getState().view)
    const contender = { letter, draft: newDraft(shared), run: undefined, origin: undefined }
    this.#store.update((state) => addContender(state, contender))
    if (origin) this.runner(letter).continueFrom(origin, { spec: shared, fileData })
    else this.runner(letter).replace({ spec: shared, fileData })
  }

  /** Puts experiments up in place of all there are: another race, from step 0. */
  replaceAll([first, ...others]: readonly [ExperimentSpec, ...ExperimentSpec[]]): void {
    this.#raceModel = undefined
    const specs = [first, ...others.map((spec) => joinRace(spec, first))]
    for (const [index, letter] of letters.entries()) {
      const spec = specs[index]
      const isThere = findContender(this.#store.getState(), letter) !== undefined
      if (spec && isThere) this.runner(letter).replace({ spec, fileData: undefined })
      else if (spec) this.add(letter, { spec, fileData: undefined })
      else if (isThere) this.remove(letter)
    }
    this.#store.update(() => ({ baseline: letters[0] }))
    this.activate(letters[0])
  }

  /** Ends a run; what it was to the others passes to the first of them. */
  remove(letter: Letter): void {
    this.#runners.get(letter)?.end()
    this.#runners.delete(letter)
    this.#client.send({ kind: 'remove', letter })
    this.#store.update((state) => removeContender(state, letter))
    this.activate(this.#store.getState().active)
  }

  /** What undo brings back later. */
  get arrangement(): Arrangement {
    const { contenders, active, baseline } = this.#store.getState()
    const experiments = contenders.map(({ letter, draft }) => {
      const experiment: Experiment = { spec: draft.spec, fileData: this.runner(letter).fileData }
      return [letter, experiment] as const
    })
    return { experiments: new Map(experiments), active, baseline }
  }

  /** Brings experiments back; runs whose experiment is as it was go on. */
  arrange({ experiments, active, baseline }: Arrangement): void {
    for (const [letter, experiment] of experiments) this.#bringBack(letter, experiment)
    for (const { letter } of this.#store.getState().contenders) if (!experiments.has(letter)) this.remove(letter)
    this.#store.update(() => ({ baseline }))
    this.activate(active)
  }

  #bringBack(letter: Letter, experiment: Experiment): void {
    const contender = findContender(this.#store.getState(), letter)
    if (!contender) this.add(letter, experiment)
    else if (this.runner(letter).fileData !== experiment.fileData) this.runner(letter).replace(experiment)
    else if (diffSpecs(contender.draft.spec, experiment.spec).length > 0) this.runner(letter).edit(experiment.spec)
  }
}
