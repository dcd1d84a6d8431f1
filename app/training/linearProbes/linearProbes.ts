import type { Dataset } from '../../data/dataset'
import type { FeatureReader, TrainingSession } from '../session'
import { chanceAccuracy, chooseSamples, type LabelledInputs, type ProbeSamples } from './probeSamples'
import { openProbeSolver, type ProbeSolver } from './probeSolver'

/** Features that are held at once; layers whose features take more are read in several goes. */
const LARGEST_FEATURES_BYTES = 64 * 2 ** 20

/**
 * How well a linear classifier of its own reads the class off each layer while the network stays as it is (G. Alain and
 * Y. Bengio 2016, “Understanding intermediate layers using linear classifier probes”, arXiv:1610.01644).
 */
export interface LinearProbes {
  /** Updates behind the weights that were probed. */
  readonly step: number
  /** By output: share of the held-out samples; undefined where a layer holds NaN or infinity. */
  readonly accuracy: readonly (number | undefined)[]
  /** Share of the held-out samples whose class is the most frequent one in training: what knowing nothing gives. */
  readonly chance: number
  readonly trainingSamples: number
  readonly heldOutSamples: number
}

export interface LinearProbesOptions {
  /** Decides which samples are taken. */
  readonly seed: number
  /** Rejects with AbortError as soon as it is aborted. */
  readonly signal?: AbortSignal
  /** Hears the share that is done, 0…1. */
  readonly onProgress?: (fraction: number) => void
}

/**
 * Fits a probe to every tracked output at the weights after all queued updates. Training goes on meanwhile.
 * @throws NoLinearProbes; AbortError; whatever the session rejects with.
 */
export async function measureLinearProbes(
  session: TrainingSession,
  dataset: Dataset,
  { seed, signal, onProgress = () => {} }: LinearProbesOptions,
): Promise<LinearProbes> {
  const samples = chooseSamples(dataset, seed)
  const solver = openProbeSolver()
  signal?.addEventListener('abort', () => solver.close())
  let reader: FeatureReader | undefined
  try {
    signal?.throwIfAborted()
    reader = await session.readers.openFeatures()
    const accuracy = await fitAll({ samples, reader, solver, signal, onProgress })
    return {
      step: reader.step,
      accuracy,
      chance: chanceAccuracy(samples),
      trainingSamples: samples.training.labels.length,
      heldOutSamples: samples.heldOut.labels.length,
    }
  } catch (error) {
    // Whatever the end of the solver broke off, it was the abort that did.
    signal?.throwIfAborted()
    throw error
  } finally {
    solver.close()
    reader?.close()
  }
}

interface Fitting {
  readonly samples: ProbeSamples
  readonly reader: FeatureReader
  readonly solver: ProbeSolver
  readonly signal: AbortSignal | undefined
  readonly onProgress: (fraction: number) => void
}

/** Held-out accuracy by output. */
async function fitAll({ samples, reader, solver, signal, onProgress }: Fitting): Promise<(number | undefined)[]> {
  const { training, heldOut, classes } = samples
  const { widths } = reader
  const rows = training.labels.length + heldOut.labels.length
  const groups = groupOutputs(widths, rows)
  const accuracy: (number | undefined)[] = []
  let rowsRead = 0
  const readAll = async (part: LabelledInputs, outputs: readonly number[]): Promise<readonly Float32Array[]> => {
    const features = outputs.map((output) => new Float32Array(part.labels.length * widths[output]!))
    const width = part.inputs.length / part.labels.length
    for (let first = 0; first < part.labels.length;) {
      const count = Math.min(reader.rowsPerRead, part.labels.length - first)
      const read = await reader.read(part.inputs.subarray(first * width, (first + count) * width), count, outputs)
      signal?.throwIfAborted()
      read.forEach((values, index) => features[index]!.set(values, first * widths[outputs[index]!]!))
      first += count
      rowsRead += count
      tellProgress()
    }
    return features
  }
  const tellProgress = (): void => {
    // Which of the two takes longer depends on the engine.
    onProgress(rowsRead / (groups.length * rows) / 2 + accuracy.length / widths.length / 2)
  }
  for (const outputs of groups) {
    const fitted = await readAll(training, outputs)
    const judged = await readAll(heldOut, outputs)
    for (const [index, output] of outputs.entries()) {
      const solved = await solver.solve({
        width: widths[output]!,
        classes,
        training: { features: fitted[index]!, labels: training.labels },
        heldOut: { features: judged[index]!, labels: heldOut.labels },
      })
      signal?.throwIfAborted()
      accuracy.push(solved)
      tellProgress()
    }
  }
  return accuracy
}

/** Outputs in order, so many together as may be held at once. */
function groupOutputs(widths: readonly number[], samples: number): number[][] {
  const groups: number[][] = []
  let bytes = Infinity
  widths.forEach((width, output) => {
    bytes += 4 * width * samples
    if (bytes > LARGEST_FEATURES_BYTES) {
      groups.push([])
      bytes = 4 * width * samples
    }
    groups.at(-1)!.push(output)
  })
  return groups
}
