import { createMatrix, type Matrix } from './matrix'

/** PyTorch's, as `NORMALISATION_EPSILON` in shaders/shared/normalisation.wgsl. */
const NORMALISATION_EPSILON = 1e-5
/** Share of a batch in the running statistics; PyTorch's. */
const RUNNING_MOMENTUM = 0.1

/** Mean and variance per channel, [channels] each. */
export interface ChannelStatistics {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/** Statistics of a batch: `normalising` with the variance over n, `learnt` with that over n − 1 (0 where n is 1). */
export function batchStatistics(input: Matrix): {
  readonly normalising: ChannelStatistics
  readonly learnt: ChannelStatistics
} {
  const { rows, columns, values } = input
  const mean = new Float64Array(columns)
  values.forEach((value, element) => (mean[element % columns]! += value / rows))
  const squares = new Float64Array(columns)
  values.forEach((value, element) => (squares[element % columns]! += (value - mean[element % columns]!) ** 2))
  return {
    normalising: { mean, variance: squares.map((sum) => sum / rows) },
    learnt: { mean, variance: squares.map((sum) => sum / Math.max(rows - 1, 1)) },
  }
}

/**
 * γ·(x − μ)/√(σ² + ε) + β per channel.
 * @param input x [rows, channels], a row being one position of one sample.
 * @param statistics of the batch, or in evaluation the running ones.
 */
export function batchNormForward(
  input: Matrix,
  statistics: ChannelStatistics,
  scale: Float64Array,
  shift: Float64Array,
): Matrix {
  const normalised = normalise(input, statistics)
  return createMatrix(
    input.rows,
    input.columns,
    normalised.map((value, element) => scale[element % input.columns]! * value + shift[element % input.columns]!),
  )
}

/** Gradients of the loss in what a normalisation reads. */
export interface NormaliseGradients {
  /** The share of the gradient in the input, [rows, channels]. */
  readonly input: Matrix
  /** dγ and dβ, [channels]. */
  readonly scale: Float64Array
  readonly shift: Float64Array
}

/** Gradients through the batch's own mean and variance. */
export function batchNormBackward(outputGradient: Matrix, input: Matrix, scale: Float64Array): NormaliseGradients {
  const { rows, columns } = input
  const { normalising } = batchStatistics(input)
  const normalised = normalise(input, normalising)
  const sums = scaleAndShiftGradients(outputGradient, normalised)
  const share = outputGradient.values.map((gradient, element) => {
    const channel = element % columns
    const common = (sums.shift[channel]! + normalised[element]! * sums.scale[channel]!) / rows
    return scale[channel]! * inverseDeviation(normalising.variance[channel]!) * (gradient - common)
  })
  return { input: createMatrix(rows, columns, share), ...sums }
}

/** running += 0.1·(batch − running), in place; what would make it infinite or NaN is left out. */
export function updateRunningStatistics(running: Float64Array, batch: Float64Array): void {
  batch.forEach((value, index) => {
    const updated = running[index]! + RUNNING_MOMENTUM * (value - running[index]!)
    if (Number.isFinite(updated)) running[index] = updated
  })
}

/** dγ = Σ dy·x̂ and dβ = Σ dy over all rows. */
export function scaleAndShiftGradients(
  outputGradient: Matrix,
  normalised: Float64Array,
): { readonly scale: Float64Array; readonly shift: Float64Array } {
  const { columns } = outputGradient
  const scale = new Float64Array(columns)
  const shift = new Float64Array(columns)
  outputGradient.values.forEach((gradient, element) => {
    shift[element % columns]! += gradient
    scale[element % columns]! += gradient * normalised[element]!
  })
  return { scale, shift }
}

/** 1/√(variance + ε). */
export function inverseDeviation(variance: number): number {
  return 1 / Math.sqrt(variance + NORMALISATION_EPSILON)
}

function normalise({ columns, values }: Matrix, { mean, variance }: ChannelStatistics): Float64Array {
  const inverse = variance.map(inverseDeviation)
  return values.map((value, element) => (value - mean[element % columns]!) * inverse[element % columns]!)
}
