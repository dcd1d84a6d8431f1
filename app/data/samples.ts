import { DataError, formatQuantity } from './dataError'
import type { Dataset, Task } from './dataset'
import type { Standardise } from '../experiment/dataSpec'
import type { TensorShape } from '../experiment/tensorShape'
import { fitStandardisation, writeStandardised } from './standardise'

/** All samples of a source in their original order, neither split nor standardised. */
export interface Samples {
  readonly name: string
  readonly task: Task
  /** Of one sample; of what is no image 1×1 with its features as channels. */
  readonly shape: TensorShape
  /** Numbers per sample: the elements of `shape`. */
  readonly features: number
  readonly count: number
  /** Writes one sample, [height, width, channels] row-major, to the start of `into`. */
  copyInputs(sample: number, into: Float64Array): void
  /** Classification: [count] class numbers; regression: [count, outputs]. */
  readonly targets: Float32Array
  readonly notes: readonly string[]
}

/** Which samples train, in the order they are to have: sample `order[row]` becomes row `row`. */
export interface Split {
  readonly order: Uint32Array
  readonly trainingCount: number
}

/** Values per target: 1 for a class number. */
export function targetWidth(task: Task): number {
  return task.kind === 'classification' ? 1 : task.outputs
}

/**
 * Splits and standardises.
 *
 * @param inputs where the rows go, [count, features]. A source that reads from this very array may be given it,
 *   provided `split.order` leaves every sample in place.
 * @throws DataError where the rows do not fit into memory.
 */
export function assembleDataset(
  samples: Samples,
  split: Split,
  standardise: Standardise,
  inputs = allocateFloats(samples.count * samples.features),
): Dataset {
  const fitted = fitStandardisation(samples, split, standardise)
  writeStandardised(samples, split, fitted, inputs)
  return {
    name: samples.name,
    task: samples.task,
    shape: samples.shape,
    features: samples.features,
    inputs,
    targets: orderTargets(samples, split.order),
    trainingCount: split.trainingCount,
    heldOutCount: samples.count - split.trainingCount,
    standardisation: { mean: Float32Array.from(fitted.mean), deviation: Float32Array.from(fitted.deviation) },
    notes: samples.notes,
  }
}

/** @throws DataError naming the size where the machine refuses it. */
export function allocateFloats(length: number): Float32Array<ArrayBuffer> {
  try {
    return new Float32Array(length)
  } catch (cause) {
    const megabytes = Math.ceil((length * Float32Array.BYTES_PER_ELEMENT) / 2 ** 20)
    throw new DataError(
      `The samples need ${formatQuantity(megabytes, 'megabyte')} of memory, more than this browser grants. ` +
        'Use fewer samples or features.',
      { cause },
    )
  }
}

function orderTargets(samples: Samples, order: Uint32Array): Float32Array {
  const width = targetWidth(samples.task)
  const targets = new Float32Array(samples.count * width)
  for (let row = 0; row < order.length; row++) {
    for (let output = 0; output < width; output++) {
      targets[row * width + output] = samples.targets[order[row]! * width + output]!
    }
  }
  return targets
}
