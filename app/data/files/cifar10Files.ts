import type { Cifar10Data } from '../../experiment/dataSpec'
import { elementsOf } from '../../experiment/tensorShape'
import { DataError, formatCount, formatQuantity } from '../dataError'
import type { Samples } from '../samples'
import type { ByteStream } from './byteStream'

/** CIFAR-10 as read: a record per image, bytes still bytes. */
export interface Cifar10Content {
  readonly kind: 'cifar10'
  readonly samples: Samples
  /** How many samples at the end come from `test_batch`; 0 where all or none do. */
  readonly testingCount: number
}

const SHAPE = { height: 32, width: 32, channels: 3 } as const
/** Pixels of one of the three planes. */
const PLANE = SHAPE.height * SHAPE.width
/** A label, then the red, the green and the blue plane, each row by row. */
export const RECORD_BYTES = 1 + 3 * PLANE
const BYTE_SCALE = 1 / 255
/** In the order of their labels, as in the archive's batches.meta.txt. */
const CLASS_NAMES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']

/**
 * Reads batches of CIFAR-10's binary version (https://www.cs.toronto.edu/~kriz/cifar.html), those for training first.
 *
 * @throws DataError naming the file at fault
 */
export async function readCifar10Files(streams: readonly ByteStream[]): Promise<Cifar10Content> {
  const ordered = streams.toSorted((one, other) => rank(one).localeCompare(rank(other), 'en', { numeric: true }))
  const records: Uint8Array[] = []
  let testingCount = 0
  for (const stream of ordered) {
    const before = records.length
    await readRecords(stream, records)
    if (isForTesting(stream)) testingCount += records.length - before
  }
  if (testingCount === records.length) testingCount = 0
  return { kind: 'cifar10', samples: samplesOf(ordered, records, testingCount), testingCount }
}

/** The spec that reads these files, where none is given: test images held out, else a fifth. */
export function completeCifar10Spec({ testingCount }: Cifar10Content, spec: Cifar10Data | undefined): Cifar10Data {
  const heldOut = testingCount > 0 ? { last: testingCount } : 0.2
  return spec ?? { kind: 'cifar10', resize: null, grayscale: false, heldOut, standardise: 'channel' }
}

async function readRecords(stream: ByteStream, into: Uint8Array[]): Promise<void> {
  const { name } = stream.file
  for (let index = 0; ; index++) {
    const record = new Uint8Array(RECORD_BYTES)
    const held = await stream.readInto(record)
    if (held === 0 && index > 0) return
    if (held < RECORD_BYTES) {
      throw new DataError(
        `${name}: image ${formatCount(index)} (counted from 0) has ${formatCount(held)} bytes, expected ` +
          `${formatCount(RECORD_BYTES)}: a label and 32×32 pixels in three colours. The file is cut short or no batch of ` +
          'CIFAR-10’s binary version. Download it again.',
      )
    }
    if (record[0]! >= CLASS_NAMES.length) {
      throw new DataError(
        `${name}: the label of image ${formatCount(index)} (counted from 0) is ${record[0]}, expected 0 to 9. ` +
          'Is this a batch of CIFAR-10’s binary version, whole and unchanged?',
      )
    }
    into.push(record)
  }
}

function samplesOf(streams: readonly ByteStream[], records: readonly Uint8Array[], testingCount: number): Samples {
  const names = streams.map(({ file }) => file.name).join(' + ')
  const targets = Float32Array.from(records, (record) => record[0]!)
  if (targets.every((label) => label === targets[0])) {
    throw new DataError(
      `${names}: all ${formatQuantity(records.length, 'image')} are of class “${CLASS_NAMES[targets[0]!]}”, expected at ` +
        'least two classes. With one class there is nothing to learn: choose other files.',
    )
  }
  return {
    name: streams.length > 1 ? `CIFAR-10, ${formatCount(records.length)} images` : names,
    task: { kind: 'classification', classes: CLASS_NAMES.length, classNames: CLASS_NAMES },
    shape: SHAPE,
    features: elementsOf(SHAPE),
    count: records.length,
    copyInputs: (sample, into) => copyPixels(records[sample]!, into),
    targets,
    notes:
      testingCount > 0
        ? [`The ${formatCount(testingCount)} for testing come last; “hold out the last” keeps them apart.`]
        : [],
  }
}

/** Planes become pixels: [3, 1024] to [1024, 3]. */
function copyPixels(record: Uint8Array, into: Float64Array): void {
  for (let channel = 0; channel < SHAPE.channels; channel++) {
    const start = 1 + channel * PLANE
    for (let pixel = 0; pixel < PLANE; pixel++) {
      into[pixel * SHAPE.channels + channel] = record[start + pixel]! * BYTE_SCALE
    }
  }
}

function rank(stream: ByteStream): string {
  return `${isForTesting(stream) ? 1 : 0} ${stream.file.name}`
}

function isForTesting({ file }: ByteStream): boolean {
  return /test/i.test(file.name)
}
