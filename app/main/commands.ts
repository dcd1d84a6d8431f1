import { describeArchitecture } from '../experiment/architecture'
import { dataShape } from '../experiment/dataShape'
import { applyLiveSettings, liveChange } from '../experiment/edits'
import type { FieldFault } from '../experiment/faults'
import { parseSpec } from '../experiment/schema'
import type { ExperimentSpec, LiveSettings } from '../experiment/spec'
import type { Commands } from '../runs/commands'
import type { PageState, View } from '../runs/state'
import type { RunStore } from '../runs/store'
import type { TrainingClient } from '../worker/client'
import type { EngineChoice } from '../worker/protocol'
import { createFileCommands } from './fileCommands'

/** A slider that is dragged through twenty values starts one run, not twenty. */
const START_DELAY_MILLIS = 120

interface PageOptions {
  readonly store: RunStore
  readonly client: TrainingClient
  readonly engine: EngineChoice
}

/** Starts the first run: the shared spec of the link, or the one that a page without a GPU replaces by a smaller. */
export interface PageCommands extends Commands {
  startFirst(withoutGpu: ExperimentSpec | undefined): void
}

/** What a user can do, done with the store and the training worker. */
export function createCommands({ store, client, engine }: PageOptions): PageCommands {
  const files = createFileCommands(store, client)
  let runs = 0
  let startTimer: ReturnType<typeof setTimeout> | undefined

  const startNow = (spec: ExperimentSpec, withoutGpu?: ExperimentSpec): void => {
    clearTimeout(startTimer)
    runs++
    const { pace, view } = store.getState()
    if (view.pinnedStep !== undefined) updateView({ pinnedStep: undefined })
    client.send({
      kind: 'start',
      run: String(runs),
      spec,
      engine,
      pace,
      playing: true,
      ...(withoutGpu && { withoutGpu }),
      ...(files.accepted !== undefined && { fileData: files.accepted }),
    })
  }
  const startSoon = (spec: ExperimentSpec): void => {
    clearTimeout(startTimer)
    startTimer = setTimeout(() => startNow(spec), START_DELAY_MILLIS)
  }
  const replaceDraft = (spec: ExperimentSpec): void => {
    store.update(() => ({ draft: { spec, faults: [], refusal: undefined } }))
    startSoon(spec)
  }
  const updateView = (view: Partial<View>): void => store.update((state) => ({ view: { ...state.view, ...view } }))
  const edit = (spec: ExperimentSpec): void => {
    const parsed = parseSpec(spec)
    const faults = parsed.ok ? architectureFaults(parsed.spec, store.getState()) : parsed.faults
    if (!parsed.ok || faults.length > 0) {
      clearTimeout(startTimer)
      store.update(() => ({ draft: { spec, faults, refusal: undefined } }))
      return
    }
    const { run, draft } = store.getState()
    const change = run ? liveChange(run.spec, parsed.spec) : 'restart'
    const unstarted = draft.faults.length > 0 || draft.spec !== run?.spec
    if (change === 'restart' || (change === 'none' && unstarted)) replaceDraft(parsed.spec)
    else if (change !== 'none') applyChange(parsed.spec, change)
  }
  const applyChange = (spec: ExperimentSpec, settings: LiveSettings): void => {
    clearTimeout(startTimer)
    client.send({ kind: 'change', settings })
    store.update(({ run, view }) => ({
      draft: { spec, faults: [], refusal: undefined },
      view: { ...view, threshold: spec.monitor.threshold, convention: spec.monitor.convention },
      ...(run && { run: { ...run, spec, changes: [...run.changes, ...describeChanges(run.step, settings)] } }),
    }))
  }

  return {
    ...files.commands,
    startFirst: (withoutGpu) => startNow(store.getState().draft.spec, withoutGpu),
    play: () => client.send({ kind: 'play' }),
    pause: () => client.send({ kind: 'pause' }),
    step: () => client.send({ kind: 'step' }),
    reset: () => startNow(store.getState().run?.spec ?? store.getState().draft.spec),
    setPace(pace) {
      store.update(() => ({ pace }))
      client.send({ kind: 'setPace', pace })
    },
    continueTraining() {
      const { run } = store.getState()
      if (run) client.send({ kind: 'extend', steps: 2 * run.plannedSteps })
    },
    edit,
    change: (settings) => edit(applyLiveSettings(store.getState().draft.spec, settings)),
    setView(view) {
      updateView(view)
      if (view.threshold === undefined && view.convention === undefined) return
      // δ and the convention are part of what a link shares.
      const share = (spec: ExperimentSpec): ExperimentSpec => {
        const { threshold, convention } = store.getState().view
        return { ...spec, monitor: { ...spec.monitor, threshold, convention } }
      }
      store.update(({ run, draft }) => ({
        draft: { ...draft, spec: share(draft.spec) },
        ...(run && { run: { ...run, spec: share(run.spec) } }),
      }))
    },
    trainOnFiles() {
      const spec = files.accept()
      if (spec) replaceDraft(spec)
    },
    halveLearningRate() {
      const spec = store.getState().run?.spec
      if (!spec) return
      const { learningRate } = spec.optimizer
      replaceDraft({ ...spec, optimizer: { ...spec.optimizer, learningRate: learningRate / 2 } })
    },
    dismissNotice: () => store.update(() => ({ notice: undefined })),
    restartDevice: () => client.send({ kind: 'restart' }),
  }
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

/** One entry per setting, as the log of a run keeps them. */
function describeChanges(step: number, { dropout, ...settings }: LiveSettings) {
  const rates = Object.entries(dropout ?? {}).map(([id, rate]) => ({
    step,
    path: `dropout of layer ${id}`,
    value: rate,
  }))
  return [...Object.entries(settings).map(([path, value]) => ({ step, path, value: value as unknown })), ...rates]
}
