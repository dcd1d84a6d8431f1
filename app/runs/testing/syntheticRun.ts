import { describeArchitecture } from '../../experiment/architecture'
import { parseSpecOrThrow } from '../../experiment/schema'
import type { ExperimentDocument } from '../../experiment/spec'
import type { TaskShape } from '../../experiment/dataShape'
import { elementsOf, type TensorShape } from '../../experiment/tensorShape'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import type { RunEvidence } from '../insights/evidence'
import type { HistoryColumn } from '../state'

/** What a made-up run does, as functions of the step; what is left out is healthy and constant. */
export interface SyntheticRun {
  readonly document: ExperimentDocument
  readonly task?: TaskShape
  /** Of one sample; an image of 14×14 by default. */
  readonly shape?: TensorShape
  /** Names of the measured layers; all by default. */
  readonly measured?: readonly string[]
  /** Directions of equal variance by layer. */
  readonly directions?: (step: number) => readonly number[]
  /** Σλ by layer. */
  readonly variance?: (step: number) => readonly number[]
  readonly loss?: (step: number) => number
  readonly accuracy?: (step: number) => number
  readonly heldOutLoss?: (step: number) => number
  readonly heldOutAccuracy?: (step: number) => number
  readonly deadUnits?: (step: number) => readonly number[]
  /** Rows of every spectrum: by default enough for any width. */
  readonly samples?: number
  readonly changes?: RunEvidence['changes']
}

const IMAGE: TensorShape = { height: 14, width: 14, channels: 1 }
const STEPS = 1_000
const STEPS_PER_COLUMN = 10

/** A loss that falls soon and stays low. */
export const learning = (step: number): number => 0.2 + 2 * Math.exp(-step / 50)

/** A run of 1,000 steps and 101 columns. */
export function syntheticRun(run: SyntheticRun): RunEvidence {
  const spec = parseSpecOrThrow({ training: { steps: STEPS }, ...run.document })
  const { task = { kind: 'classification', classes: 10 }, shape = IMAGE, loss = learning, accuracy = () => 0.99 } = run
  const { measured } = describeArchitecture(spec, { shape, features: elementsOf(shape), task })
  const isWhole = spec.monitor.sampling === 'flatten'
  const widths = measured.map(({ width, positions }) => (isWhole ? width * positions : width))
  const names = measured.map(({ name }) => name)
  const tracked = names.map((_, layer) => layer).filter((layer) => run.measured?.includes(names[layer]!) ?? true)
  const { directions = () => widths.map((width) => Math.ceil(width / 2)), variance = () => widths.map(() => 1) } = run
  const columns = Array.from({ length: STEPS / STEPS_PER_COLUMN + 1 }, (_, index): HistoryColumn => {
    const step = index * STEPS_PER_COLUMN
    const k = directions(step)
    const sums = variance(step)
    return {
      step,
      spectra: tracked.map((layer) =>
        spectrumOf(widths[layer]!, k[layer]!, sums[layer]!, run.samples ?? 10 * Math.max(1_000, ...widths)),
      ),
      heldOutLoss: (run.heldOutLoss ?? loss)(step),
      heldOutAccuracy: (run.heldOutAccuracy ?? accuracy)(step),
      ...(run.deadUnits && { deadUnits: tracked.map((layer) => run.deadUnits!(step)[layer]) }),
    }
  })
  const everyStep = (value: (step: number) => number): Float32Array =>
    Float32Array.from({ length: STEPS }, (_, index) => value(index + 1))
  return {
    spec,
    shape,
    task,
    trainingCount: 4_000,
    heldOutCount: 1_000,
    outputs: tracked.map((layer) => ({ name: names[layer]!, width: widths[layer]! })),
    columns,
    training: {
      length: STEPS,
      steps: Float64Array.from({ length: STEPS }, (_, index) => index + 1),
      loss: everyStep(loss),
      accuracy: everyStep(accuracy),
    },
    plannedSteps: STEPS,
    changes: run.changes ?? [],
    refusedStep: undefined,
  }
}

/** `k` equal eigenvalues and zeros: k directions at any δ above 1 − 1/k. */
function spectrumOf(width: number, k: number, trace: number, samples: number): MeasuredSpectrum {
  const eigenvalues = Float32Array.from({ length: width }, (_, index) => (index < k ? trace / k : 0))
  return { eigenvalues, samples, state: 'ok', solver: 'reference', sweeps: 0, offDiagonalNorm: 0 }
}
