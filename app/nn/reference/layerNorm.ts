import { inverseDeviation, scaleAndShiftGradients, type NormaliseGradients } from './batchNorm'
import { createMatrix, type Matrix } from './matrix'

/**
 * γ·(x − μ)/√(σ² + ε) + β with mean and variance (over n) of each row.
 * @param input x [rows, channels], a row being one position of one sample.
 */
export function layerNormForward(input: Matrix, scale: Float64Array, shift: Float64Array): Matrix {
  const { rows, columns } = input
  const { normalised } = normaliseRows(input)
  return createMatrix(
    rows,
    columns,
    normalised.map((value, element) => scale[element % columns]! * value + shift[element % columns]!),
  )
}

/** Gradients through each row's own mean and variance. */
export function layerNormBackward(outputGradient: Matrix, input: Matrix, scale: Float64Array): NormaliseGradients {
  const { rows, columns } = input
  const { normalised, inverse } = normaliseRows(input)
  const share = createMatrix(rows, columns)
  for (let row = 0; row < rows; row++) {
    const scaled = (channel: number) => scale[channel]! * outputGradient.values[row * columns + channel]!
    let mean = 0
    let along = 0
    for (let channel = 0; channel < columns; channel++) {
      mean += scaled(channel) / columns
      along += (scaled(channel) * normalised[row * columns + channel]!) / columns
    }
    for (let channel = 0; channel < columns; channel++) {
      const at = row * columns + channel
      share.values[at] = inverse[row]! * (scaled(channel) - mean - normalised[at]! * along)
    }
  }
  return { input: share, ...scaleAndShiftGradients(outputGradient, normalised) }
}

/** Mean and 1/√(σ² + ε) of each row, [rows] each. */
export function rowStatistics({ rows, columns, values }: Matrix) {
  const mean = new Float64Array(rows)
  const inverse = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const channels = values.subarray(row * columns, (row + 1) * columns)
    const center = channels.reduce((sum, value) => sum + value, 0) / columns
    mean[row] = center
    inverse[row] = inverseDeviation(channels.reduce((sum, value) => sum + (value - center) ** 2, 0) / columns)
  }
  return { mean, inverse }
}

/** x̂ [rows, channels] and 1/√(σ² + ε) [rows]. */
function normaliseRows(input: Matrix) {
  const { mean, inverse } = rowStatistics(input)
  const normalised = input.values.map((value, element) => {
    const row = Math.floor(element / input.columns)
    return (value - mean[row]!) * inverse[row]!
  })
  return { normalised, inverse }
}
