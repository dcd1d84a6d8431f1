import type { MeasuredSpectrum } from '../metrics/spectrum'
import { cumulativeVariance, intrinsicDimension } from '../metrics/varianceSums'
import type { RunEvidence } from '../runs/insights/evidence'
import type { HistoryColumn, LossSeries } from '../runs/state'

/**
 * A run as a small JSON document: what the rules of Insights need of a run that takes minutes. Numbers have three
 * digits, the eigenvalues of the last thousandth of the variance are left out, and training is averaged.
 */
export interface Recording extends Omit<RunEvidence, 'columns' | 'training' | 'changes' | 'refusedStep'> {
  readonly columns: readonly RecordedColumn[]
  /** Every point is the mean over as many steps, the last one of them `stepsPerPoint · (index + 1)`. */
  readonly training: { readonly stepsPerPoint: number; readonly loss: string; readonly accuracy: string }
}

interface RecordedColumn {
  readonly step: number
  /** Held-out loss and accuracy. */
  readonly heldOut: string
  readonly deadUnits: string
  /** Rows measured: one number where it is that of all outputs, else one for each. */
  readonly samples: number | string
  /** By output the trace, then every eigenvalue as so many hundred-thousandths of it. */
  readonly spectra: readonly string[]
}

const VARIANCE_KEPT = 0.999
const SHARE_UNIT = 1e-5
const STEPS_PER_POINT = 10

export function packRun({ columns, training, changes, refusedStep, ...run }: RunEvidence): Recording {
  if (changes.length > 0 || refusedStep !== undefined) throw new Error('only whole runs are recorded')
  return {
    ...run,
    columns: columns.map(({ step, spectra, heldOutLoss, heldOutAccuracy, deadUnits }) => ({
      step,
      heldOut: writeNumbers([heldOutLoss ?? Number.NaN, heldOutAccuracy ?? Number.NaN]),
      deadUnits: writeNumbers((deadUnits ?? []).map((count) => count ?? Number.NaN)),
      samples: writeSamples(spectra.map(({ samples }) => samples)),
      spectra: spectra.map((spectrum) => writeSpectrum(spectrum)),
    })),
    training: {
      stepsPerPoint: STEPS_PER_POINT,
      loss: writeNumbers(averagePoints(training.loss.subarray(0, training.length))),
      accuracy: writeNumbers(averagePoints(training.accuracy.subarray(0, training.length))),
    },
  }
}

export function unpackRun({ columns, training, ...run }: Recording): RunEvidence {
  const loss = Float32Array.from(readNumbers(training.loss))
  return {
    ...run,
    columns: columns.map((column) => unpackColumn(column, run.outputs)),
    training: {
      length: loss.length,
      steps: Float64Array.from(loss, (_, index) => training.stepsPerPoint * (index + 1)),
      loss,
      accuracy: Float32Array.from(readNumbers(training.accuracy)),
    },
    changes: [],
    refusedStep: undefined,
  }
}

function unpackColumn(column: RecordedColumn, outputs: RunEvidence['outputs']): HistoryColumn {
  const [heldOutLoss, heldOutAccuracy] = readNumbers(column.heldOut)
  const rows = readNumbers(String(column.samples))
  const spectra = column.spectra.map((text, output): MeasuredSpectrum => {
    const eigenvalues = new Float32Array(outputs[output]?.width ?? 0)
    const [trace = 0, ...shares] = readNumbers(text)
    eigenvalues.set(shares.map((share) => share * SHARE_UNIT * trace))
    const samples = rows[output] ?? rows[0] ?? 0
    return { eigenvalues, samples, state: 'ok', solver: 'reference', sweeps: 0, offDiagonalNorm: 0 }
  })
  return { step: column.step, spectra, heldOutLoss, heldOutAccuracy, deadUnits: readNumbers(column.deadUnits) }
}

function writeSpectrum(spectrum: MeasuredSpectrum): string {
  const trace = cumulativeVariance(spectrum).at(-1) ?? 0
  const leading = spectrum.eigenvalues.subarray(0, intrinsicDimension(spectrum, VARIANCE_KEPT, 'paper'))
  return writeNumbers([trace, ...Array.from(leading, (value) => Math.round(value / trace / SHARE_UNIT))])
}

function writeSamples(samples: readonly number[]): number | string {
  return new Set(samples).size > 1 ? samples.join(' ') : (samples[0] ?? 0)
}

function averagePoints(values: Float32Array): number[] {
  return Array.from({ length: Math.floor(values.length / STEPS_PER_POINT) }, (_, index) => {
    const block = values.subarray(STEPS_PER_POINT * index, STEPS_PER_POINT * (index + 1))
    return block.reduce((sum, value) => sum + value, 0) / STEPS_PER_POINT
  })
}

function writeNumbers(values: readonly number[]): string {
  return values.map((value) => Number(value.toPrecision(3))).join(' ')
}

function readNumbers(text: string): number[] {
  return text === '' ? [] : text.split(' ').map(Number)
}

/** A run as it was when a column had just come in. */
export function upToColumn(evidence: RunEvidence, column: number): RunEvidence {
  const columns = evidence.columns.slice(0, column + 1)
  return { ...evidence, columns, training: upToStep(evidence.training, columns.at(-1)?.step ?? 0) }
}

function upToStep({ steps, loss, accuracy, length }: LossSeries, step: number): LossSeries {
  const after = steps.subarray(0, length).findIndex((point) => point > step)
  return { steps, loss, accuracy, length: after < 0 ? length : after }
}
