import type { Dataset } from '../../data/dataset'
import type { LossSpec } from '../../experiment/spec'
import { NO_CLASS } from '../../metrics/confusion'
import { gatherInputs } from '../networkData'
import type { PredictionReader } from '../session'
import { firstRowOf, type JudgedSamples } from './judgedSamples'
import { readClasses } from './outputReading'

/** What the network of one step makes of samples whose classes are known. Arrays are by sample. */
export interface Predictions extends JudgedSamples {
  /** Updates behind the weights. */
  readonly step: number
  /** Class numbers. */
  readonly truth: Uint16Array
  /** Class numbers; `NO_CLASS` where the outputs are not numbers. */
  readonly predicted: Uint16Array
  /** The probability of the predicted class; with mean squared error its output. NaN where there is none. */
  readonly confidence: Float32Array
  /** The same of the true class. */
  readonly truthScore: Float32Array
}

interface ReadOptions {
  readonly loss: LossSpec
  /** Weights of the newest snapshot at or before this step; left out: after all queued updates. */
  readonly atStep: number | undefined
  /** Rejects with AbortError as soon as it is aborted. */
  readonly signal: AbortSignal
}

/**
 * Predicts the classes of samples, batch by batch, all at the weights of one step.
 * @throws RangeError where the network tells no classes apart.
 */
export async function readPredictions(
  reader: PredictionReader,
  dataset: Dataset,
  judged: JudgedSamples,
  { loss, atStep, signal }: ReadOptions,
): Promise<Predictions> {
  const { positions, part } = judged
  const { task } = dataset
  if (task.kind !== 'classification' || loss.kind === 'reconstruction') {
    throw new RangeError('this network tells no classes apart')
  }
  const firstRow = firstRowOf(dataset, part)
  const truth = Uint16Array.from(positions, (position) => dataset.targets[firstRow + position]!)
  const predicted = new Uint16Array(positions.length)
  const confidence = new Float32Array(positions.length)
  const truthScore = new Float32Array(positions.length)
  await reader.load(atStep)
  for (let first = 0; first < positions.length;) {
    const batch = positions.subarray(first, first + reader.rowsPerRead)
    const rows = batch.map((position) => firstRow + position)
    const outputs = await reader.read(gatherInputs(dataset, rows), batch.length)
    signal.throwIfAborted()
    const reading = readClasses(loss, task, outputs, batch.length)
    const { classes } = task
    predicted.set(reading.predicted, first)
    for (let row = 0; row < batch.length; row++) {
      const own = reading.predicted[row]!
      confidence[first + row] = own === NO_CLASS ? Number.NaN : reading.scores[row * classes + own]!
      truthScore[first + row] = reading.scores[row * classes + truth[first + row]!]!
    }
    first += batch.length
  }
  return { ...judged, positions: positions.slice(), step: reader.step, truth, predicted, confidence, truthScore }
}
