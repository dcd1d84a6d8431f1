import { layerInputs, unitsOf } from '../../runs/insights/layerInputs'
import type { Evidence, EvidenceSeries } from '../../runs/insights/insight'
import type { HistoryColumn, RunState } from '../../runs/state'
import { describeSpectrum } from '../../metrics/layerSpectrum'
import type { Line } from '../curves/smoothing'

/** Quantities that share an axis are drawn in one plot. */
export type EvidenceAxis = 'share' | 'loss' | 'directions' | 'variance' | 'samples'

function axisOf({ kind }: EvidenceSeries): EvidenceAxis {
  switch (kind) {
    case 'trainingLoss':
    case 'heldOutLoss':
      return 'loss'
    case 'directions':
    case 'effectiveRank':
      return 'directions'
    case 'variance':
    case 'samples':
      return kind
    case 'trainingAccuracy':
    case 'heldOutAccuracy':
    case 'saturation':
    case 'deadShare':
      return 'share'
  }
}

/** What evidence is about, without repetition, by axis. */
export function groupEvidence(
  evidence: readonly Evidence[],
): ReadonlyMap<EvidenceAxis, { readonly series: readonly EvidenceSeries[]; readonly evidence: readonly Evidence[] }> {
  const groups = new Map<EvidenceAxis, { series: EvidenceSeries[]; evidence: Evidence[] }>()
  for (const item of evidence) {
    const axis = axisOf(item.series)
    const group = groups.get(axis) ?? { series: [], evidence: [] }
    groups.set(axis, group)
    group.evidence.push(item)
    if (!group.series.some((known) => isSameSeries(known, item.series))) group.series.push(item.series)
  }
  return groups
}

function isSameSeries(first: EvidenceSeries, second: EvidenceSeries): boolean {
  return seriesKey(first) === seriesKey(second)
}

function seriesKey(series: EvidenceSeries): string {
  return 'output' in series ? `${series.kind} ${series.output}` : series.kind
}

const kindNames: Readonly<Record<EvidenceSeries['kind'], string>> = {
  trainingLoss: 'training loss',
  heldOutLoss: 'held-out loss',
  trainingAccuracy: 'training accuracy',
  heldOutAccuracy: 'held-out accuracy',
  saturation: 'saturation',
  directions: 'directions',
  effectiveRank: 'effective rank',
  variance: 'variance',
  deadShare: 'dead units',
  samples: 'samples',
}

/** “hidden 3, saturation”, “training loss”. */
export function nameSeries(run: RunState, series: EvidenceSeries): string {
  const name = kindNames[series.kind]
  return 'output' in series ? `${run.started.outputs[series.output]?.name ?? ''}, ${name}` : name
}

/** The values of a series along the run. */
export function traceSeries(run: RunState, series: EvidenceSeries): Line {
  const { training, columns } = run.history
  const { length } = training
  switch (series.kind) {
    case 'trainingLoss':
      return { length, steps: training.steps, values: training.loss }
    case 'trainingAccuracy':
      return { length, steps: training.steps, values: training.accuracy }
    case 'heldOutLoss':
      return traceColumns(columns, ({ heldOutLoss }) => heldOutLoss)
    case 'heldOutAccuracy':
      return traceColumns(columns, ({ heldOutAccuracy }) => heldOutAccuracy)
    default:
      return traceColumns(columns, layerReader(run, series))
  }
}

type LayerSeries = Extract<EvidenceSeries, { readonly output: number }>

function layerReader(run: RunState, { kind, output }: LayerSeries): (column: HistoryColumn) => number | undefined {
  const width = run.started.outputs[output]?.width ?? 1
  if (kind === 'deadShare') {
    const { spec, started } = run
    const input = layerInputs(spec.layers, started.data.shape).get(started.outputs[output]?.name ?? '')
    const units = input ? unitsOf(width, input, spec.monitor.sampling) : width
    return ({ deadUnits }) => {
      const dead = deadUnits?.[output]
      return dead === undefined ? undefined : dead / units
    }
  }
  if (kind === 'samples') return ({ spectra }) => spectra[output]?.samples
  // The rules count as the paper does, whatever the convention on screen.
  const options = { threshold: run.spec.monitor.threshold, convention: 'paper' } as const
  const metrics = {
    saturation: 'saturation',
    directions: 'intrinsicDimension',
    effectiveRank: 'effectiveRank',
  } as const
  const metric = kind === 'variance' ? 'trace' : metrics[kind]
  return ({ spectra }) => {
    const measured = spectra[output]
    return measured && describeSpectrum(measured, width, options)[metric]
  }
}

function traceColumns(columns: readonly HistoryColumn[], read: (column: HistoryColumn) => number | undefined): Line {
  return {
    length: columns.length,
    steps: Float64Array.from(columns, ({ step }) => step),
    values: Float32Array.from(columns, (column) => read(column) ?? Number.NaN),
  }
}
