import type { Evidence, Insight, RuleName } from './insights/insight'
import type { Letter, RunState } from './state'

/** What a rule looked at, for the charts of the run to mark it. */
export interface Highlight {
  readonly letter: Letter
  /** Rows of the heatmap, as positions in the run's outputs. */
  readonly outputs: readonly number[]
  /** Curves that the rule is about. */
  readonly curves: readonly ('loss' | 'accuracy')[]
  /** The window of steps. */
  readonly from: number
  readonly to: number
}

interface MarkedPlaces {
  /** The layers the insight is about, or every layer. */
  readonly layers: 'own' | 'all' | 'none'
  readonly curves: Highlight['curves']
}

/** Where each rule's evidence is to be seen. */
const markedPlaces: Readonly<Record<RuleName, MarkedPlaces>> = {
  learningRateTooHigh: { layers: 'none', curves: ['loss'] },
  learningRateTooLow: { layers: 'all', curves: ['loss'] },
  collapsing: { layers: 'own', curves: ['loss'] },
  deadLayer: { layers: 'own', curves: [] },
  memorising: { layers: 'own', curves: ['loss', 'accuracy'] },
  full: { layers: 'own', curves: ['loss', 'accuracy'] },
  deadUnits: { layers: 'own', curves: [] },
  tail: { layers: 'own', curves: [] },
  idle: { layers: 'own', curves: [] },
  fewSamples: { layers: 'own', curves: [] },
}

/** What to mark in the charts of the run that the insight was found in. */
export function highlightOf({ rule, outputs, evidence }: Insight, letter: Letter, run: RunState): Highlight {
  const { layers, curves } = markedPlaces[rule]
  const all = run.started.outputs.map((_, output) => output)
  return {
    letter,
    outputs: { own: outputs, all, none: [] }[layers],
    curves,
    ...(windowOf(evidence) ?? measuredSteps(run)),
  }
}

type StepWindow = Pick<Highlight, 'from' | 'to'>

/** From where the first condition began to hold to where the last one was seen; the points looked at where there is no such span. */
function windowOf(evidence: readonly Evidence[]): StepWindow | undefined {
  const spans = evidence.filter((item) => item.kind === 'span')
  if (spans.length > 0) {
    return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) }
  }
  const steps = evidence.flatMap((item) => (item.kind === 'point' ? item.step : []))
  return steps.length > 0 ? { from: Math.min(...steps), to: Math.max(...steps) } : undefined
}

/** What holds at every step, as counts of samples, was seen at all that were measured. */
function measuredSteps({ history: { columns } }: RunState): StepWindow {
  return { from: columns[0]?.step ?? 0, to: columns.at(-1)?.step ?? 0 }
}
