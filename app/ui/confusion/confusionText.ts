import { confusionFigures, mostConfused, NO_CLASS, type ConfusionMatrix } from '../../metrics/confusion'
import type { Predictions, RunState } from '../../runs/state'
import type { TableText } from '../charts/DataTable'
import { formatAccuracy, formatMeasure, formatShare } from '../charts/numbers'
import { formatCount } from '../common/format'
import type { CellPlace, JudgedSample, Selection } from './sampleList'

/** Kinds of mistake that are named in a sentence. */
const namedMistakes = 3

/** “7 taken for 1: 12 of 60 · 20 %”, “7 recognised: 48 of 60 · 80 %”. */
export function describeCell(matrix: ConfusionMatrix, names: readonly string[], place: CellPlace): string {
  const count = matrix.counts[place.truth * matrix.classes + place.predicted]!
  const support = matrix.support[place.truth]!
  const share = support > 0 ? ` · ${formatShare(count / support)}` : ''
  return `${nameSelection(names, place)}: ${formatCount(count)} of ${formatCount(support)}${share}`
}

/** “7 taken for 1”, “7 recognised”, “Mistakes, the surest first”. */
export function nameSelection(names: readonly string[], selection: Selection): string {
  if (selection === 'mistakes') return 'Mistakes, the surest first'
  const { truth, predicted } = selection
  return truth === predicted ? `${names[truth]} recognised` : `${names[truth]} taken for ${names[predicted]}`
}

/** “Most confused: 7 taken for 1 (12), 4 taken for 9 (8)”. */
export function describeMistakes(matrix: ConfusionMatrix, names: readonly string[]): string {
  const worst = mostConfused(matrix, namedMistakes)
  if (worst.length === 0) return 'No sample is taken for another class.'
  return `Most confused: ${worst.map((pair) => `${nameSelection(names, pair)} (${formatCount(pair.count)})`).join(', ')}`
}

/** “1,200 held-out samples”, “10,000 of 30,000 held-out samples”, “4,800 training samples, as none are held out”. */
export function describeSamples({ part, available, positions }: Predictions): string {
  const drawn = positions.length < available ? `${formatCount(positions.length)} of ` : ''
  const samples = `${drawn}${formatCount(available)} ${part === 'heldOut' ? 'held-out' : 'training'} samples`
  return part === 'heldOut' ? samples : `${samples}, as none are held out`
}

/** The panel in words, for people who do not see it. */
export function summariseConfusion(run: RunState, matrix: ConfusionMatrix, names: readonly string[]): string {
  const { newest } = run.predictions
  if (!newest) return 'Nothing predicted yet.'
  const { accuracy, macroF1 } = confusionFigures(matrix)
  const worst = mostConfused(matrix, namedMistakes).map((pair) => describeCell(matrix, names, pair))
  const figures = `accuracy ${formatAccuracy(accuracy)}, F1 ${formatAccuracy(macroF1)}`
  const samples = describeSamples(newest)
  return `Step ${formatCount(newest.step)}: ${figures} over ${samples}. ${worst.length > 0 ? `${worst.join('. ')}.` : 'No mistakes.'}`
}

/** Counts with recall and precision; `classes` are those that are shown. */
export function confusionTable(
  matrix: ConfusionMatrix,
  names: readonly string[],
  classes: readonly number[],
): TableText {
  const { recall, precision } = confusionFigures(matrix)
  const nameOf = (own: number): string => names[own] ?? String(own)
  return {
    columns: ['true class', ...classes.map((own) => `as ${nameOf(own)}`), 'recall'],
    rows: [
      ...classes.map((truth) => [
        nameOf(truth),
        ...classes.map((own) => formatCount(matrix.counts[truth * matrix.classes + own]!)),
        formatShare(recall[truth]!),
      ]),
      ['precision', ...classes.map((own) => formatShare(precision[own]!)), ''],
    ],
  }
}

/** How a score reads: a probability in per cent, an output of mean squared error as it is. */
export function formatScore(score: number, loss: RunState['spec']['loss']['kind']): string {
  return loss === 'meanSquaredError' ? formatMeasure(score) : formatShare(score)
}

/** “true 7, taken for 1 with 93 %”, for the button that shows a sample large. */
export function describeSample(
  { truth, predicted, confidence }: JudgedSample,
  names: readonly string[],
  loss: RunState['spec']['loss']['kind'],
): string {
  const own = `true ${names[truth]}`
  if (predicted === NO_CLASS) return `${own}, no prediction`
  const answer = truth === predicted ? 'recognised' : `taken for ${names[predicted]}`
  return `${own}, ${answer} with ${formatScore(confidence, loss)}`
}

/** What a sample is taken for, as short as it can be. */
export function nameAnswer({ predicted }: JudgedSample, names: readonly string[]): string {
  return predicted === NO_CLASS ? '–' : (names[predicted] ?? '–')
}
