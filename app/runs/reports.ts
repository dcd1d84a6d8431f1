import type { Frame, Report, RunId, StartedRun } from '../worker/protocol'
import { describeChanges } from './changes'
import { DecimatedColumns } from './columnSeries'
import { DecimatedLoss } from './lossSeries'
import { shareView } from './shareView'
import type { HistoryColumn, PageState, RunState } from './state'

/** The growing part of a run, outside of the immutable state. */
interface Recording {
  readonly id: RunId
  readonly training: DecimatedLoss
  readonly columns: DecimatedColumns
}

/** Turns the worker's reports into new page states. Holds the series that grow in place. */
export class ReportReader {
  #recording: Recording | undefined

  apply(state: PageState, report: Report): PageState {
    switch (report.kind) {
      case 'ready':
        return { ...state, engine: report.engine }
      case 'started':
        return this.#start(state, report.run, report.started)
      case 'frame':
        return this.#addFrame(state, report.frame)
      case 'surface':
        return changeRun(state, report.run, () => ({ surface: report.surface }))
      case 'changed':
        return changeRun(state, report.run, ({ changes }) => ({
          changes: [...changes, ...describeChanges(report.step, report.settings)],
        }))
      case 'stopped':
        return changeRun(state, report.run, () => ({ playing: false, stop: report.reason, step: report.step }))
      case 'refused':
        return refuse(state, report)
      case 'crashed':
        return {
          ...state,
          draft: { ...state.draft, refusal: { message: report.message, fields: [] } },
          run: state.run && broken(state.run, report.message),
        }
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

  #start(state: PageState, id: RunId, started: StartedRun): PageState {
    const recording = { id, training: new DecimatedLoss(), columns: new DecimatedColumns() }
    this.#recording = recording
    const spec = shareView(started.spec, state.view)
    const run: RunState = {
      id,
      spec,
      started,
      playing: false,
      stop: undefined,
      step: 0,
      plannedSteps: spec.training.steps,
      epoch: 0,
      stepsPerSecond: 0,
      millisPerStep: 0,
      millisPerColumn: 0,
      changes: [],
      surface: undefined,
      revision: 0,
      history: { training: recording.training, columns: [] },
    }
    const lastOutput = started.outputs.length - 1
    const view = {
      ...state.view,
      hoverStep: undefined,
      pinnedStep: undefined,
      selectedOutput: Math.min(state.view.selectedOutput, lastOutput),
    }
    // A page without a GPU starts a smaller experiment than it asked for: that becomes the one to edit.
    const isFirst = state.run === undefined
    const draft = { ...state.draft, ...(isFirst && { spec }), refusal: undefined }
    return { ...state, run, view, draft }
  }

  #addFrame(state: PageState, frame: Frame): PageState {
    const recording = this.#recording
    if (!recording || recording.id !== frame.run) return state
    recording.training.append(frame.losses.firstStep, frame.losses.loss, frame.losses.accuracy)
    recording.columns.append(
      frame.columns.map((column): HistoryColumn => ({
        step: column.step,
        spectra: column.spectra,
        heldOutLoss: column.heldOut?.loss,
        heldOutAccuracy: column.heldOut?.accuracy,
      })),
    )
    const grew = frame.losses.loss.length > 0 || frame.columns.length > 0
    return changeRun(state, frame.run, (run) => ({
      step: frame.step,
      plannedSteps: frame.plannedSteps,
      epoch: frame.epoch,
      playing: frame.playing,
      stop: frame.playing ? undefined : run.stop,
      stepsPerSecond: frame.stepsPerSecond,
      millisPerStep: frame.millisPerStep,
      millisPerColumn: frame.millisPerColumn,
      revision: grew ? run.revision + 1 : run.revision,
      history: grew ? { training: recording.training, columns: recording.columns.columns } : run.history,
    }))
  }
}

/** A refusal may cross an edit on its way: then it is about what the draft no longer says. */
function refuse(state: PageState, { run, message, fields }: Extract<Report, { kind: 'refused' }>): PageState {
  if (state.draft.asked !== run) return state
  return { ...state, draft: { ...state.draft, refusal: { message, fields } } }
}

function broken(run: RunState, message: string): RunState {
  return { ...run, playing: false, stop: { kind: 'failed', message } }
}

function changeRun(state: PageState, id: RunId, change: (run: RunState) => Partial<RunState>): PageState {
  if (state.run?.id !== id) return state
  return { ...state, run: { ...state.run, ...change(state.run) } }
}
