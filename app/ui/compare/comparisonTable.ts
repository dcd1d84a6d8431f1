import { formatThreshold, formatAccuracy, formatMeasure } from '../charts/numbers'
import { formatCount, formatSetting } from '../common/format'
import type { LayerSpectrum, SpectrumOptions } from '../../metrics/layerSpectrum'
import { classifies } from '../../runs/classifies'
import {
  areAbreast,
  compareLayers,
  differingSettings,
  networkSize,
  resultsAt,
  TRAINING_LOSS_STEPS,
} from '../../runs/comparison'
import type { RunState } from '../../runs/state'
import type { TermId } from '../glossary/terms'
import { describeCaution, describeDirections, describeRow } from '../saturation/rowText'
import { differenceInPoints, differenceInSize, same } from './differenceText'

/** What a run has of one thing. */
export interface Cell {
  readonly text: string
  /** Against the baseline: “−1.2 points”; undefined in the baseline's own column, and where nothing can be said. */
  readonly difference?: string | undefined
  /** The exact value, or what has to be known about it. */
  readonly title?: string | undefined
  /** Where too few samples bias a saturation low: “n/d 3”, or “n 40” of so few images. */
  readonly caution?: string | undefined
}

interface TableRow {
  readonly name: string
  readonly title?: string
  /** The glossary's entry on it. */
  readonly term?: TermId
  readonly cells: readonly Cell[]
}

export interface TableGroup {
  readonly title: string
  readonly rows: readonly TableRow[]
  /** Instead of rows. */
  readonly nothing?: string
}

/**
 * What tells runs apart and what came of it.
 * @param runs the baseline first.
 * @param step the step looked at; the newest of each run without one.
 */
export function comparisonTable(
  runs: readonly RunState[],
  step: number | undefined,
  options: SpectrumOptions,
): readonly TableGroup[] {
  // A step that is looked at is the same for all who reached it; the newest is not while one catches up.
  const fair = runs.map((run) => step !== undefined || (runs[0] !== undefined && areAbreast(run, runs[0])))
  return [
    { title: 'Settings that differ', rows: settingRows(runs), nothing: 'The settings are the same.' },
    {
      title: step === undefined ? 'Results so far' : `Results up to step ${formatCount(step)}`,
      rows: resultRows(runs, step, fair),
    },
    { title: 'Size and speed', rows: sizeRows(runs) },
    {
      title: `Saturation at δ ${formatThreshold(options.threshold)}`,
      rows: layerRows(runs, step, options, fair),
      nothing: 'Nothing measured yet.',
    },
  ]
}

function settingRows(runs: readonly RunState[]): readonly TableRow[] {
  return differingSettings(runs.map(({ spec }) => spec)).map(({ name, values }) => ({
    name,
    cells: values.map((value, index): Cell => {
      if (index > 0 && value === values[0]) return { text: same }
      if (value === undefined) return { text: '–', title: 'This network has no such layer.' }
      return { text: typeof value === 'number' ? formatSetting(value) : value }
    }),
  }))
}

// ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Measure {
  readonly name: string
  readonly title?: string
  readonly term?: TermId
  readonly format: (value: number) => string
  readonly difference: (value: number, baseline: number) => string | undefined
}

function resultRows(
  runs: readonly RunState[],
  step: number | undefined,
  fair: readonly boolean[],
): readonly TableRow[] {
  const results = runs.map((run) => resultsAt(run, step))
  const accuracy = { format: formatAccuracy, difference: inTenths }
  const loss = { format: formatMeasure, difference: differenceInSize }
  const isHeldOut = runs.some(({ started }) => started.data.heldOutCount > 0)
  const hasAccuracy = runs.some(classifies)
  const row = (measure: Measure, key: keyof (typeof results)[number]) =>
    numberRow(
      measure,
      results.map((result) => result[key]),
      fair,
    )
  return [
    ...(isHeldOut && hasAccuracy
      ? [
          row({ name: 'held-out accuracy', ...accuracy }, 'heldOutAccuracy'),
          row({ name: 'best accuracy', title: 'Best held-out accuracy so far', ...accuracy }, 'bestAccuracy'),
        ]
      : []),
    ...(isHeldOut
      ? [
          row({ name: 'held-out loss', title: 'Lower is better.', ...loss }, 'heldOutLoss'),
          row({ name: 'lowest loss', title: 'Lowest held-out loss so far', ...loss }, 'bestLoss'),
        ]
      : []),
    row({ name: 'training loss', title: `Mean of the last ${TRAINING_LOSS_STEPS} steps.`, ...loss }, 'trainingLoss'),
  ]
}

function inTenths(value: number, baseline: number): string | undefined {
  return differenceInPoints(value, baseline, 1)
}

function sizeRows(runs: readonly RunState[]): readonly TableRow[] {
  const sizes = runs.map((run) => networkSize(run))
  const count = { format: formatCount, difference: differenceInSize }
  const flops = 'Floating-point operations of the forward pass of one sample; a multiply-add counts as two.'
  const rows = [
    numberRow(
      { name: 'parameters', term: 'parameters', ...count },
      sizes.map(({ parameters }) => parameters),
    ),
    numberRow(
      { name: 'FLOPs a sample', term: 'flops', title: flops, ...count },
      sizes.map((size) => size.flops),
    ),
  ]
  const millis = runs.map(({ millisPerStep }) => (millisPerStep > 0 ? millisPerStep : Number.NaN))
  return [
    // Equal for all runs they tell nothing apart.
    ...rows.filter(({ cells }) => cells.some(({ text }, index) => index > 0 && text !== same)),
    numberRow({ name: 'ms per step', format: formatMeasure, difference: differenceInSize }, millis),
  ]
}

/** @param fair whether a run can be held against the baseline, by position; all by default. */
function numberRow(
  { format, difference, ...row }: Measure,
  values: readonly number[],
  fair?: readonly boolean[],
): TableRow {
  const [baseline = Number.NaN] = values
  return {
    ...row,
    cells: values.map((value, index): Cell => {
      const cell = { text: format(value), ...(Number.isFinite(value) && { title: String(value) }) }
      if (index === 0 || fair?.[index] === false) return cell
      const against = difference(value, baseline)
      return against === same ? { ...cell, text: same } : { ...cell, difference: against }
    }),
  }
}

// ── layers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function layerRows(
  runs: readonly RunState[],
  step: number | undefined,
  options: SpectrumOptions,
  fair: readonly boolean[],
): readonly TableRow[] {
  return compareLayers(runs, step, options).map(({ name, values }) => ({
    name,
    cells: values.map((spectrum, index) =>
      layerCell(spectrum, index > 0 && fair[index] === true ? values[0] : undefined),
    ),
  }))
}

function layerCell(spectrum: LayerSpectrum | undefined, baseline: LayerSpectrum | undefined): Cell {
  if (!spectrum) return { text: '–', title: 'No such layer, or not measured.' }
  const width = spectrum.eigenvalues.length
  const { share, count, caution } = describeRow(spectrum, width)
  const careful = describeCaution(spectrum)
  const notes = {
    title: [describeDirections(spectrum, width), ...(careful === undefined ? [] : [careful])].join('. '),
    caution,
  }
  if (share === '') return { text: count, ...notes }
  const isComparable = baseline?.state === 'ok' && spectrum.state === 'ok'
  const against = isComparable ? differenceInPoints(spectrum.saturation, baseline.saturation, 0) : undefined
  return against === same ? { text: same, ...notes } : { text: share, difference: against, ...notes }
}
