import type { Sampling } from '../experiment/spec'
import type { Frame, Letter, Report, RunId, StartedRun } from '../worker/protocol'
import { describeChanges } from './changes'
import { DecimatedColumns } from './columnSeries'
import { changeContender, changeEach, changeRun } from './contenders'
import { columnFigures } from './insights/columnFigures'
import { DecimatedLoss } from './lossSeries'
import { changePredictions, NO_PREDICTIONS } from './predictions'
import { endProbes, NO_PROBES } from './probes'
import { shareView } from './shareView'
import type { HistoryColumn, InspectionState, PageState, RunState } from './state'

/** The growing part of a run, outside of the immutable state. */
interface Recording {
  readonly id: RunId
  readonly training: DecimatedLoss
  /** Of one sampling each: spectra of different ones do not make a series. */
  readonly columns: Map<Sampling, DecimatedColumns>
  /** Of the columns that come now. */
  sampling: Sampling
}

/** Turns the worker's reports into new page states. Holds the series that grow in place. */
export class ReportReader {
  readonly #recordings = new Map<Letter, Recording>()

  apply(state: PageState, report: Report): PageState {
    switch (report.kind) {
      case 'ready':
        return { ...state, engine: report.engine }
      case 'started':
        return this.#start(state, report.letter, report.run, report.started)
      case 'frame':
        return this.#addFrame(state, report.frame)
      case 'surface':
        return changeRun(state, report.run, () => ({ surface: report.surface }))
      case 'reconstruction':
        return changeRun(state, report.run, () => ({ reconstruction: report.reconstruction }))
      case 'changed':
        return this.#change(state, report)
      case 'probesProgress':
        return changeRun(state, report.run, ({ probes }) => ({ probes: { ...probes, underWay: report.fraction } }))
      case 'probesEnded':
        return changeRun(state, report.run, ({ probes }) => ({ probes: endProbes(probes, report.outcome) }))
      case 'predictions':
        return changePredictions(state, report.run, { newest: report.predictions, failure: undefined })
      case 'predictionsFailed':
        return changePredictions(state, report.run, { failure: report.message })
      case 'samples':
        return changePredictions(state, report.run, { samples: report.samples })
      case 'stopped':
        return changeRun(state, report.run, () => ({ playing: false, stop: report.reason, step: report.step }))
      case 'refused':
        return refuse(state, report)
      case 'crashed':
        return changeEach(state, ({ draft, run }) => ({
          draft: { ...draft, refusal: { message: report.message, fields: [] } },
          run: run && broken(run, report.message),
        }))
      case 'inspected':
        return changeInspection(state, { seen: report.inspected, failure: undefined })
      case 'inspectionFailed':
        return changeInspection(state, { failure: report.message })
      case 'samplePage':
        return changeInspection(state, { page: report.page })
      case 'trialProgress':
      case 'trialEnded':
        // Heard by whoever asked for the trial (main/studies).
        return state
      case 'samplingRefused':
        // Heard by whoever keeps run and draft together (main/contenderRunner).
        return state
      case 'filesProgress':
        if (state.files.kind !== 'reading') return state
        return { ...state, files: { ...state.files, fraction: report.fraction, doing: report.doing } }
      case 'filesRead':
        if (state.files.kind === 'none') return state
        return { ...state, files: { kind: 'read', names: state.files.names, summary: report.summary } }
      case 'filesRefused':
        if (state.files.kind === 'none') return state
        return { ...state, files: { kind: 'refused', names: state.files.names, message: report.message } }
    }
  }

  #start(state: PageState, letter: Letter, id: RunId, started: StartedRun): PageState {
    const { sampling } = started.spec.monitor
    const recording = { id, training: new DecimatedLoss(), columns: new Map(), sampling }
    this.#recordings.set(letter, recording)
    const spec = shareView(started.spec, state.view)
    const run: RunState = {
      id,
      spec,
      started,
      playing: false,
      stop: undefined,
      step: started.startStep,
      plannedSteps: spec.training.steps,
      epoch: 0,
      stepsPerSecond: 0,
      millisPerStep: 0,
      millisPerColumn: 0,
      changes: [],
      snapshots: undefined,
      surface: undefined,
      reconstruction: undefined,
      probes: NO_PROBES,
      predictions: NO_PREDICTIONS,
      revision: 0,
      history: { training: recording.training, columns: [] },
    }
    // A page without a GPU starts a smaller experiment than it asked for: that becomes the one to edit, unless it was
    // edited already.
    const isFirst = state.contenders.every((contender) => contender.run === undefined)
    const next = changeContender(state, letter, ({ draft }) => ({
      run,
      draft: { ...draft, ...(isFirst && draft.asked === id && { spec }), refusal: undefined },
    }))
    return letter === state.active ? { ...next, view: viewOf(run, state) } : next
  }

  /** Another sampling begins another series of columns, or goes on with the one it had before. */
  #change(state: PageState, { run: id, step, settings, measured }: Extract<Report, { kind: 'changed' }>): PageState {
    const recording = this.#find(id)
    if (recording && settings.sampling) recording.sampling = settings.sampling
    return changeRun(state, id, ({ changes, started, history, revision }) => ({
      changes: [...changes, ...describeChanges(step, settings)],
      ...(recording &&
        measured && {
          started: { ...started, ...measured },
          history: { ...history, columns: columnsOf(recording).columns },
          revision: revision + 1,
        }),
    }))
  }

  #find(run: RunId): Recording | undefined {
    return [...this.#recordings.values()].find(({ id }) => id === run)
  }

  #addFrame(state: PageState, frame: Frame): PageState {
    const recording = this.#find(frame.run)
    if (!recording) return state
    recording.training.append(frame.losses.firstStep, frame.losses.loss, frame.losses.accuracy)
    const columns = frame.columns.map((column): HistoryColumn => ({
      step: column.step,
      spectra: column.spectra,
      heldOutLoss: column.heldOut?.loss,
      heldOutAccuracy: column.heldOut?.accuracy,
      ...(column.deadUnits && { deadUnits: column.deadUnits }),
      ...(column.meanActivations && { meanActivations: column.meanActivations }),
    }))
    const series = columnsOf(recording)
    series.append(columns)
    // A little with every frame: a first look at a long run would otherwise stop the page for that long.
    for (const column of columns) columnFigures(column, state.view.threshold)
    const grew = frame.losses.loss.length > 0 || frame.columns.length > 0
    return changeRun(state, frame.run, (run) => ({
      step: frame.step,
      plannedSteps: frame.plannedSteps,
      epoch: frame.epoch,
      playing: frame.playing,
      stop: frame.playing ? undefined : run.stop,
      stepsPerSecond: frame.stepsPerSecond,
      snapshots: frame.snapshots,
      millisPerStep: frame.millisPerStep,
      millisPerColumn: frame.millisPerColumn,
      revision: grew ? run.revision + 1 : run.revision,
      history: grew ? { training: recording.training, columns: series.columns } : run.history,
    }))
  }
}

/** The series that grows now. */
function columnsOf({ columns, sampling }: Recording): DecimatedColumns {
  const series = columns.get(sampling) ?? new DecimatedColumns()
  columns.set(sampling, series)
  return series
}

/** The pinned step was one of the run before. */
function viewOf({ started }: RunState, { view }: PageState): PageState['view'] {
  const selectedOutput = Math.min(view.selectedOutput, started.outputs.length - 1)
  return { ...view, hoverStep: undefined, pinnedStep: undefined, selectedOutput }
}

function changeInspection(state: PageState, change: Partial<InspectionState>): PageState {
  return { ...state, inspection: { ...state.inspection, ...change } }
}

/** A refusal may cross an edit on its way: then it is about what the draft no longer says. */
function refuse(state: PageState, { run, message, fields }: Extract<Report, { kind: 'refused' }>): PageState {
  return changeEach(state, ({ draft }) =>
    draft.asked === run ? { draft: { ...draft, refusal: { message, fields } } } : {},
  )
}

function broken(run: RunState, message: string): RunState {
  const probes = { ...run.probes, underWay: undefined }
  return { ...run, probes, playing: false, stop: { kind: 'failed', message } }
}
