import type { IdxData } from '../../experiment/dataSpec'
import { elementsOf, flatShape, type TensorShape } from '../../experiment/tensorShape'
import { DataError, formatCount, formatQuantity } from '../dataError'
import type { Samples } from '../samples'
import type { ByteStream } from './byteStream'
import { readIdxHeader } from './idxHeader'
import { pairFiles, type IdxPair } from './idxPairs'
import { readIdxValues, type IdxValues } from './idxValues'

/** Images and labels as read, bytes still bytes. */
export interface IdxContent {
  readonly kind: 'idx'
  readonly samples: Samples
  /** How many samples at the end come from files meant for testing; 0 where all or none do. */
  readonly testingCount: number
}

/** Images of one file and their place among all. */
interface Part {
  readonly firstSample: number
  readonly values: IdxValues
}

/** More classes than this are surely no classes. */
const MAX_CLASSES = 1000
/** Bytes are shares of full intensity, as torchvision's ToTensor has them. */
const BYTE_SCALE = 1 / 255

/**
 * Reads images and labels. All headers are read and paired first, so that a missing file is found before a large one
 * is read.
 *
 * @throws DataError naming the file at fault
 */
export async function readIdxFiles(streams: readonly ByteStream[]): Promise<IdxContent> {
  const files = []
  for (const stream of streams) files.push({ stream, header: await readIdxHeader(stream) })
  const pairs = pairFiles(files)
  const parts: Part[] = []
  const labels: number[] = []
  for (const pair of pairs) {
    parts.push({ firstSample: labels.length, values: await readIdxValues(pair.images.stream, pair.images.header) })
    for (const label of await readLabels(pair)) labels.push(label)
  }
  const testing = pairs.filter((pair) => pair.forTesting)
  const testingCount = testing.length === pairs.length ? 0 : testing.reduce((sum, pair) => sum + countOf(pair), 0)
  return { kind: 'idx', samples: joinParts(pairs, parts, Float32Array.from(labels), testingCount), testingCount }
}

/** The spec that reads these files, where none is given: testing files held out, else a fifth. */
export function completeIdxSpec({ testingCount }: IdxContent, spec: IdxData | undefined): IdxData {
  return (
    spec ?? {
      kind: 'idx',
      resize: null,
      heldOut: testingCount > 0 ? { last: testingCount } : 0.2,
      standardise: 'dataset',
    }
  )
}

/** @throws DataError where a label is no class number */
async function readLabels({ labels }: IdxPair): Promise<IdxValues> {
  const { stream, header } = labels
  const values = await readIdxValues(stream, header)
  const wrong = values.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < MAX_CLASSES))
  if (wrong < 0) return values
  throw new DataError(
    `${stream.file.name}: label ${formatCount(wrong)} (counted from 0) is ${values[wrong]}, expected a class number ` +
      `from 0 to ${MAX_CLASSES - 1}. Is this the file of labels?`,
  )
}

function joinParts(
  pairs: readonly IdxPair[],
  parts: readonly Part[],
  targets: Float32Array,
  testingCount: number,
): Samples {
  const [, ...sides] = pairs[0]?.images.header.dimensions ?? []
  const shape = shapeOf(sides)
  const features = elementsOf(shape)
  const classes = countClasses(targets, pairs)
  return {
    name: pairs.map((pair) => nameOf(pair)).join(' + '),
    task: { kind: 'classification', classes: classes.length, classNames: classes.map((_, label) => String(label)) },
    shape,
    features,
    count: targets.length,
    copyInputs: (sample, into) => copySample(parts, features, sample, into),
    targets,
    notes: [...describePairs(pairs, testingCount), ...describeGaps(classes)],
  }
}

/** Height, width and channels; without channels for grey pictures, and of vectors their length alone. */
function shapeOf([first = 1, width, channels = 1]: readonly number[]): TensorShape {
  return width === undefined ? flatShape(first) : { height: first, width, channels }
}

function copySample(parts: readonly Part[], features: number, sample: number, into: Float64Array): void {
  const part = parts.findLast(({ firstSample }) => firstSample <= sample)
  if (part === undefined) throw new RangeError(`There is no sample ${sample}.`)
  const start = (sample - part.firstSample) * features
  const scale = part.values instanceof Uint8Array ? BYTE_SCALE : 1
  for (let feature = 0; feature < features; feature++) into[feature] = part.values[start + feature]! * scale
}

/**
 * Samples per class 0…largest label, as PyTorch numbers them, gaps included.
 *
 * @throws DataError where there is only one class
 */
function countClasses(labels: Float32Array, pairs: readonly IdxPair[]): readonly number[] {
  const largest = labels.reduce((most, label) => Math.max(most, label), 0)
  const counts = Array.from({ length: largest + 1 }, () => 0)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  if (counts.filter((count) => count > 0).length > 1) return counts
  throw new DataError(
    `${pairs.map(({ labels: file }) => file.stream.file.name).join(', ')}: all ${formatQuantity(labels.length, 'label')} ` +
      `are ${labels[0]}, expected at least two classes. With one class there is nothing to learn: choose other files.`,
  )
}

function describePairs(pairs: readonly IdxPair[], testingCount: number): string[] {
  const notes = pairs.map((pair) => `${formatCount(countOf(pair))} images of ${nameOf(pair)}.`)
  if (pairs.length === 1) return []
  if (testingCount === 0) return notes
  return [...notes, `The ${formatCount(testingCount)} for testing come last; “hold out the last” keeps them apart.`]
}

function describeGaps(classes: readonly number[]): string[] {
  const empty = classes.flatMap((count, label) => (count === 0 ? [label] : []))
  return empty.length === 0 ? [] : [`No sample has the label ${empty.join(', ')}.`]
}

function nameOf(pair: IdxPair): string {
  return pair.images.stream.file.name
}

function countOf(pair: IdxPair): number {
  return pair.images.header.dimensions[0] ?? 0
}
