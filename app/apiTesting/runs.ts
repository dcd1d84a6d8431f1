import { train, type ExperimentDocument, type LastSample, type Sample, type TrainOptions } from '../api'
import { createDataset } from '../data/createDataset'
import type { Dataset } from '../data/dataset'
import { isFileData } from '../experiment/dataKinds'
import { parseSpecOrThrow } from '../experiment/schema'

/** Every sample of a run; the last one can give its weights. */
export async function collect(
  document: ExperimentDocument,
  options: TrainOptions,
): Promise<{ readonly samples: readonly Sample[]; readonly last: LastSample }> {
  const samples: (Sample | LastSample)[] = []
  for await (const sample of train(document, options)) samples.push(sample)
  const last = samples.at(-1)
  if (!last || !('parameters' in last)) throw new Error('the run gave no parameters at its end')
  return { samples, last }
}

/** What a run computed, without how long it took. */
export function numbersOf(samples: readonly Sample[]) {
  return samples.map(({ step, epoch, loss, accuracy, heldOut, layers }) => {
    return { step, epoch, loss, accuracy, heldOut, spectra: layers.map(({ spectrum }) => [...spectrum.eigenvalues]) }
  })
}

/** All weights and biases, one behind another. */
export function flatParameters(last: LastSample): number[] {
  return Object.values(last.parameters()).flatMap(({ values }) => [...values])
}

/** The samples a document's run trains on and holds out. */
export function dataOf(document: ExperimentDocument): Dataset {
  const { data, seed } = parseSpecOrThrow(document)
  if (isFileData(data)) throw new Error('these data come from files')
  return createDataset(data, seed)
}

/** ‖a − b‖ / ‖b‖ */
export function relativeDifference(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Infinity
  const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
  return norm(actual.map((value, index) => value - expected[index]!)) / norm(expected)
}
