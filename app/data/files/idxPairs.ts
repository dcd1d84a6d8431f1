import { DataError, formatCount, formatQuantity } from '../dataError'
import type { ByteStream } from './byteStream'
import type { IdxHeader } from './idxHeader'

/** A file whose header was read and whose values come next in its stream. */
export interface IdxFile {
  readonly stream: ByteStream
  readonly header: IdxHeader
}

export interface IdxPair {
  readonly images: IdxFile
  readonly labels: IdxFile
  /** By their name, samples for testing: they come last, to be held out. */
  readonly forTesting: boolean
}

/**
 * Finds the labels of every file of samples: one dimension makes labels, more make samples. Files of the same name
 * but for “images”, “labels” and the like belong together; where names say nothing, equal counts do, where there is
 * one possibility. Pairs are ordered training, others, testing (MNIST's “t10k”), and else as given.
 *
 * @throws DataError where a file stays alone, counts differ, or shapes differ between pairs
 */
export function pairFiles(files: readonly IdxFile[]): readonly IdxPair[] {
  const images = files.filter((file) => file.header.dimensions.length > 1)
  const labels = files.filter((file) => file.header.dimensions.length === 1)
  const free = new Set(labels)
  const pairs = images.map((file) => {
    const partner = findLabels(file, images, [...free])
    free.delete(partner)
    checkCounts(file, partner)
    return { images: file, labels: partner, forTesting: /t10k|test/i.test(nameOf(file)) }
  })
  for (const file of free) throw withoutImages(file, pairs)
  checkShapes(pairs)
  return pairs.toSorted((one, other) => rank(one) - rank(other))
}

function findLabels(file: IdxFile, images: readonly IdxFile[], free: readonly IdxFile[]): IdxFile {
  const [only] = free
  if (images.length === 1 && free.length === 1 && only !== undefined) return only
  const byName = free.filter((labels) => stem(labels) === stem(file))
  const rivals = images.filter((other) => stem(other) === stem(file))
  const [named] = byName
  if (byName.length === 1 && rivals.length === 1 && named !== undefined) return named
  const byCount = free.filter((labels) => countOf(labels) === countOf(file))
  const [counted] = byCount
  if (byCount.length === 1 && counted !== undefined) return counted
  throw withoutLabels(file, free)
}

function checkCounts({ header, stream }: IdxFile, labels: IdxFile): void {
  const count = header.dimensions[0] ?? 0
  if (count === countOf(labels)) return
  throw new DataError(
    `${stream.file.name} holds ${formatQuantity(count, 'image')} but ${nameOf(labels)} holds ` +
      `${formatQuantity(countOf(labels), 'label')}: they do not belong together. Choose two files of the same set.`,
  )
}

function checkShapes(pairs: readonly IdxPair[]): void {
  const [first, ...others] = pairs
  for (const other of others) {
    if (first === undefined || shapeOf(first.images) === shapeOf(other.images)) continue
    throw new DataError(
      `${nameOf(first.images)} holds samples of ${shapeOf(first.images)}, ${nameOf(other.images)} of ` +
        `${shapeOf(other.images)}: they cannot be one data set. Choose one of them.`,
    )
  }
}

function withoutLabels(file: IdxFile, free: readonly IdxFile[]): DataError {
  const name = nameOf(file)
  const likely = name.replace(/image/i, 'label').replace(/idx\d/i, 'idx1')
  const asked = likely === name ? 'the file of its labels' : likely
  const found =
    free.length === 0
      ? 'none of the files chosen holds labels'
      : `it is not clear which of ${free.map(nameOf).join(', ')} they are`
  return new DataError(
    `${name} holds ${formatQuantity(countOf(file), 'image')} but no labels: ${found}. Choose ${asked} together with it.`,
  )
}

function withoutImages(file: IdxFile, pairs: readonly IdxPair[]): DataError {
  const name = nameOf(file)
  const likely = name.replace(/label/i, 'image').replace(/idx\d/i, 'idx3')
  const asked = likely === name ? 'the file of its images' : likely
  const found = pairs.length === 0 ? 'none of the files chosen holds images' : 'every file of images has labels already'
  return new DataError(
    `${name} holds ${formatQuantity(countOf(file), 'label')} but there are no images for them: ${found}. ` +
      `Choose ${asked} together with it, or leave it out.`,
  )
}

/** What a file's name says besides which half of a pair it is: “train ubyte” of “train-images-idx3-ubyte.gz”. */
function stem(file: IdxFile): string {
  return nameOf(file)
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replaceAll(/images?|labels?|idx\d/g, ' ')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

function rank({ images, forTesting }: IdxPair): number {
  if (forTesting) return 2
  return /train/i.test(nameOf(images)) ? 0 : 1
}

function shapeOf(file: IdxFile): string {
  return file.header.dimensions.slice(1).map(formatCount).join(' × ')
}

function nameOf(file: IdxFile): string {
  return file.stream.file.name
}

function countOf(file: IdxFile): number {
  return file.header.dimensions[0] ?? 0
}
