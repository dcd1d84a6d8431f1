import type { FileDataSpec } from '../experiment/dataSpec'
import { DataError, formatCount, quoteFound } from './dataError'
import type { Dataset } from './dataset'
import { adaptImages } from './adaptImages'
import { completeCifar10Spec, type Cifar10Content } from './files/cifar10Files'
import { completeCsvSpec, csvSamples } from './files/csvSamples'
import type { CsvContent } from './files/csvTable'
import { completeIdxSpec, type IdxContent } from './files/idxFiles'
import type { ImagesContent } from './files/imageFiles'
import { completeImagesSpec, imageSamples } from './files/imageSamples'
import { assembleDataset, type Samples, type Split } from './samples'
import { splitFileSamples } from './split'

/** What was read from files, once, for any number of data sets. */
export type FileContent = IdxContent | Cifar10Content | ImagesContent | CsvContent

/**
 * Splits and standardises what was read, the same for the same spec and seed.
 *
 * @throws DataError where the spec does not fit the files or leaves nothing to learn from
 */
export function buildDataset(content: FileContent, spec: FileDataSpec, seed: number): Dataset {
  const { samples, split } = splitContent(content, spec, seed)
  return assembleDataset(samples, split, spec.standardise)
}

/** The spec that reads these files, guesses filled in; all of them where none is given. */
export function completeSpec(content: FileContent, spec: FileDataSpec | undefined): FileDataSpec {
  if (content.kind === 'idx' && (spec === undefined || spec.kind === 'idx')) return completeIdxSpec(content, spec)
  if (content.kind === 'csv' && (spec === undefined || spec.kind === 'csv')) return completeCsvSpec(content, spec)
  if (content.kind === 'images' && (spec === undefined || spec.kind === 'images')) {
    return completeImagesSpec(content, spec)
  }
  if (content.kind === 'cifar10' && (spec === undefined || spec.kind === 'cifar10')) {
    return completeCifar10Spec(content, spec)
  }
  throw wrongKind(content, spec)
}

/** @throws DataError as `buildDataset` */
export function splitContent(
  content: FileContent,
  spec: FileDataSpec,
  seed: number,
): { readonly samples: Samples; readonly split: Split } {
  const samples = samplesOf(content, spec)
  const split = splitFileSamples(spec.heldOut, samples.count, seed)
  checkTrainingClasses(samples, split)
  return { samples, split }
}

function samplesOf(content: FileContent, spec: FileDataSpec): Samples {
  if (content.kind === 'idx' && spec.kind === 'idx') return adaptImages(content.samples, { ...spec, grayscale: false })
  if (content.kind === 'cifar10' && spec.kind === 'cifar10') return adaptImages(content.samples, spec)
  if (content.kind === 'images' && spec.kind === 'images') return imageSamples(content, spec)
  if (content.kind === 'csv' && spec.kind === 'csv') return csvSamples(content, spec)
  throw wrongKind(content, spec)
}

/** A file sorted by class has all of a class at its end, where “the last n” would hold it out entirely. */
function checkTrainingClasses({ name, task, targets }: Samples, { order, trainingCount }: Split): void {
  if (task.kind === 'regression') return
  const [first] = order
  const only = targets[first ?? 0]!
  if (order.subarray(0, trainingCount).some((sample) => targets[sample] !== only)) return
  throw new DataError(
    `${name}: the ${formatCount(trainingCount)} training samples are all of class ` +
      `${quoteFound(task.classNames[only] ?? String(only))}, expected at least two classes. Hold out fewer samples, or a ` +
      'random share instead of the last ones.',
  )
}

const FOUND: Readonly<Record<FileContent['kind'], string>> = {
  idx: 'images (IDX)',
  cifar10: 'images (CIFAR-10)',
  images: 'pictures (PNG or JPEG)',
  csv: 'a table (CSV)',
}

function wrongKind(content: FileContent, spec: FileDataSpec | undefined): DataError {
  return new DataError(
    `The files hold ${FOUND[content.kind]}, but the experiment expects data of kind “${spec?.kind}”. Choose other files, or set the ` +
      `kind to “${content.kind}”.`,
  )
}
