import { LARGEST_ORDER } from './chooseSolver'
import { SpectralError } from './errors'

// What callers hand in is checked here as if it had no types: scripts and notebooks have none.

export interface ActivationShape {
  readonly samples: number
  readonly features: number
}

/** [order, order], row-major and symmetric. */
export interface MatrixInput {
  readonly values: Float32Array
  readonly order: number
}

/**
 * @returns the activations, as f32 where they came in another array.
 * @throws SpectralError `invalid-input` or `order-too-large`.
 */
export function checkActivations(activations: Float32Array, shape: ActivationShape): Float32Array {
  const values = checkNumbers(activations, 'activations')
  checkObject(shape, 'shape', '{ samples, features }')
  const { samples, features } = shape
  checkCount(samples, 'shape.samples')
  checkCount(features, 'shape.features')
  if (features > LARGEST_ORDER) {
    throw new SpectralError(
      'order-too-large',
      `shape.features is ${features}; spectra go up to ${LARGEST_ORDER} features. Pass a part of them, or pool them first.`,
    )
  }
  if (values.length !== samples * features) {
    throw invalid(
      `activations holds ${values.length} numbers; ${samples} samples of ${features} features are ${samples * features}. ` +
        'Pass all of them, sample by sample.',
    )
  }
  return values
}

/** @throws SpectralError `invalid-input` */
export function checkReading(threshold: number, convention: string): void {
  if (!(threshold > 0 && threshold <= 1)) {
    throw invalid(`threshold is ${describe(threshold)}; it must lie above 0 and not above 1. Leave it out for 0.99.`)
  }
  if (convention !== 'paper' && convention !== 'delve') {
    throw invalid(`convention is ${describe(convention)}; choose “paper” or “delve”.`)
  }
}

/**
 * @returns the matrices, as f32 where they came in another array.
 * @throws SpectralError `invalid-input` or `order-too-large`.
 */
export function checkMatrices(matrices: readonly MatrixInput[]): MatrixInput[] {
  if (!Array.isArray(matrices)) throw invalid(`matrices is ${describe(matrices)}; pass a list of { values, order }.`)
  return matrices.map((matrix: MatrixInput, index) => checkMatrix(matrix, `matrices[${index}]`))
}

/** A matrix is taken as symmetric when mirrored elements differ by no more than this share of the largest. */
const ASYMMETRY = 1e-5

function checkMatrix(matrix: MatrixInput, where: string): MatrixInput {
  checkObject(matrix, where, '{ values, order }')
  const { order } = matrix
  checkCount(order, `${where}.order`)
  if (order > LARGEST_ORDER) {
    throw new SpectralError('order-too-large', `${where}.order is ${order}; the solvers go up to ${LARGEST_ORDER}.`)
  }
  const values = checkNumbers(matrix.values, `${where}.values`)
  if (values.length !== order * order) {
    throw invalid(
      `${where}.values holds ${values.length} numbers; order ${order} takes all ${order * order}, row by row.`,
    )
  }
  checkSymmetry(values, order, where)
  return { values, order }
}

function checkSymmetry(values: Float32Array, order: number, where: string): void {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(values[i * order + j]! - values[j * order + i]!) > ASYMMETRY * largest) {
        throw invalid(
          `${where} is not symmetric: element (${i}, ${j}) is ${values[i * order + j]!} and (${j}, ${i}) is ` +
            `${values[j * order + i]!}. Pass (A + Aᵀ)/2 if that is what you mean.`,
        )
      }
    }
  }
}

function checkNumbers(values: unknown, where: string): Float32Array {
  if (values instanceof Float32Array) return values
  if (isArray(values)) return Float32Array.from(values)
  throw invalid(`${where} is ${describe(values)}; pass a Float32Array.`)
}

function isArray(values: unknown): values is ArrayLike<number> {
  return Array.isArray(values) || (ArrayBuffer.isView(values) && !(values instanceof DataView))
}

function checkObject(value: unknown, where: string, wanted: string): void {
  if (typeof value !== 'object' || value === null) throw invalid(`${where} is ${describe(value)}; pass ${wanted}.`)
}

function checkCount(value: unknown, where: string): void {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw invalid(`${where} is ${describe(value)}; it must be a whole number from 1.`)
  }
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'string') return `“${value}”`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function invalid(message: string): SpectralError {
  return new SpectralError('invalid-input', message)
}
