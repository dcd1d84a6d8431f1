import { createStore } from 'zustand/vanilla'
import type { ExperimentSpec } from '../experiment/spec'
import type { Report } from '../worker/protocol'
import { ReportReader } from './reports'
import type { InspectionState, PageState, View } from './state'

const FIRST_VIEW: View = {
  threshold: 0.99,
  convention: 'paper',
  colourScale: 'sqrt',
  compare: 'each',
  selectedOutput: 0,
  hoverStep: undefined,
  pinnedStep: undefined,
  highlight: undefined,
  logSpectrum: true,
  logLoss: false,
  smoothing: 0.8,
  theme: 'system',
}

const FIRST_INSPECTION: InspectionState = {
  sample: { kind: 'heldOut', index: 0 },
  filtersOf: undefined,
  isWatched: false,
  seen: undefined,
  page: undefined,
  failure: undefined,
}

export interface RunStore {
  /** The state as published. */
  getState(): PageState
  subscribe(listener: () => void): () => void
  /** Takes in a report; published with the next animation frame. */
  receive(report: Report): void
  /** Changes the state at once, for what the user did. */
  update(change: (state: PageState) => Partial<PageState>): void
}

/**
 * The state behind the page. Reports from the worker are gathered and published once per animation frame; what the
 * user does shows at once.
 * @param schedule calls back before the next frame; `requestAnimationFrame` in a page.
 */
export function createRunStore(
  spec: ExperimentSpec,
  schedule: (publish: () => void) => void = (publish) => void requestAnimationFrame(publish),
): RunStore {
  const reader = new ReportReader()
  const store = createStore<PageState>()(() => ({
    engine: undefined,
    contenders: [
      {
        letter: 'A',
        run: undefined,
        origin: undefined,
        draft: { spec, faults: [], asked: undefined, refusal: undefined },
      },
    ],
    active: 'A',
    baseline: 'A',
    history: { canUndo: false, canRedo: false },
    studies: [],
    pace: 'watch',
    view: { ...FIRST_VIEW, threshold: spec.monitor.threshold, convention: spec.monitor.convention },
    files: { kind: 'none' },
    inspection: FIRST_INSPECTION,
    notice: undefined,
  }))
  let latest = store.getState()
  let scheduled = false
  const publish = (): void => {
    scheduled = false
    store.setState(latest, true)
  }
  return {
    getState: store.getState,
    subscribe: (listener) => store.subscribe(listener),
    receive(report) {
      latest = reader.apply(latest, report)
      if (scheduled) return
      scheduled = true
      schedule(publish)
    },
    update(change) {
      latest = { ...latest, ...change(latest) }
      store.setState(latest, true)
    },
  }
}
