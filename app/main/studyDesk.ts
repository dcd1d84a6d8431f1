import type { ExperimentSpec } from '../experiment/spec'
import { measuredByChannel, type Study, type StudyQuestion, type Trial, type TrialGroup } from '../runs/study'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import type { FileDataId, Letter, Report, TrialId } from '../worker/protocol'

/** A network to be trained, before its seeds are dealt. */
export interface Candidate {
  readonly name: string
  readonly letter?: Letter | undefined
  readonly spec: ExperimentSpec
}

/** Has experiments trained in the background, and gathers what they come to. */
export class StudyDesk {
  readonly #store: RunStore
  readonly #client: TrainingClient
  #studies = 0
  #trials = 0

  constructor(store: RunStore, client: TrainingClient) {
    this.#store = store
    this.#client = client
  }

  /**
   * Trains each candidate from each of `seeds` consecutive seeds, beginning with its own; seed by seed, so that
   * candidates can be compared early.
   */
  begin(
    question: StudyQuestion,
    candidates: readonly Candidate[],
    { seeds, data, fileData }: Pick<Study, 'data' | 'fileData'> & { readonly seeds: number },
  ): void {
    const groups = candidates.map((candidate) => this.#dealSeeds(candidate, seeds))
    const study: Study = { id: `study ${++this.#studies}`, question, groups, state: 'running', data, fileData }
    this.#store.update(({ studies }) => ({ studies: [study, ...studies] }))
    this.#train(study, groups)
  }

  /** What is under way is dropped; what has come to an end stays. */
  cancel(id: string): void {
    const study = this.#find(id)
    if (study?.state !== 'running') return
    for (const trial of study.groups.flatMap(({ trials }) => trials)) {
      if (!trial.outcome) this.#client.send({ kind: 'cancelTrial', trial: trial.id })
    }
    this.#change(id, () => ({ state: 'cancelled' }))
  }

  dismiss(id: string): void {
    this.cancel(id)
    this.#store.update(({ studies }) => ({ studies: studies.filter((study) => study.id !== id) }))
  }

  /** Takes in what the worker says of trials; of anything else nothing. */
  receive(report: Report): void {
    if (report.kind === 'trialProgress') this.#note(report.trial, { step: report.step })
    else if (report.kind === 'trialEnded') this.#note(report.trial, { outcome: report.outcome })
  }

  #dealSeeds({ name, letter, spec }: Candidate, seeds: number): TrialGroup {
    const trials = Array.from({ length: seeds }, (_, index) => ({
      id: `trial ${++this.#trials}`,
      seed: spec.seed + index,
      step: 0,
      outcome: undefined,
    }))
    return { name, letter, spec, trials }
  }

  #train({ question, fileData }: Study, groups: readonly TrialGroup[]): void {
    const seeds = groups[0]?.trials.length ?? 0
    for (let seed = 0; seed < seeds; seed++) {
      for (const { spec, trials } of groups) {
        this.#send(trials[seed]!, question.kind === 'slimDown' ? measuredByChannel(spec) : spec, fileData)
      }
    }
  }

  #send({ id, seed }: Trial, spec: ExperimentSpec, fileData: FileDataId | undefined): void {
    this.#client.send({
      kind: 'tryOut',
      trial: id,
      spec: { ...spec, seed },
      ...(fileData !== undefined && { fileData }),
    })
  }

  #note(id: TrialId, change: Partial<Trial>): void {
    const study = this.#store
      .getState()
      .studies.find(({ groups }) => groups.some(({ trials }) => trials.some((trial) => trial.id === id)))
    if (study?.state !== 'running') return
    const groups = study.groups.map((group) => ({
      ...group,
      trials: group.trials.map((trial) => (trial.id === id ? { ...trial, ...change } : trial)),
    }))
    this.#change(study.id, () => ({ groups }))
    if (groups.every(({ trials }) => trials.every(({ outcome }) => outcome !== undefined))) {
      void this.#goOn({ ...study, groups })
    }
  }

  /** Everything that was asked for has come to an end. */
  async #goOn(study: Study): Promise<void> {
    const { id, question, groups } = study
    if (question.kind !== 'slimDown') return this.#change(id, () => ({ state: 'done' }))
    // It came with the button that began the study; without it the study ends with what it has.
    const planner = await import('../runs/slimStudy').catch(() => undefined)
    if (this.#find(id)?.state !== 'running') return
    const plan = planner?.slimPlanOf(study, question.tolerance)
    if (plan?.kind !== 'try') return this.#change(id, () => ({ state: 'done' }))
    const group = this.#dealSeeds({ name: plan.cut, spec: plan.spec }, groups[0]?.trials.length ?? 1)
    this.#change(id, () => ({ groups: [...groups, group] }))
    this.#train(study, [group])
  }

  #find(id: string): Study | undefined {
    return this.#store.getState().studies.find((study) => study.id === id)
  }

  #change(id: string, change: (study: Study) => Partial<Study>): void {
    this.#store.update(({ studies }) => ({
      studies: studies.map((study) => (study.id === id ? { ...study, ...change(study) } : study)),
    }))
  }
}
