import type { LayerParameters, LayerWidths } from '../parameters'
import { createMatrix, type Matrix } from './matrix'

/** A layer's part of a flat float64 array; writing to it writes to the array. */
interface LayerViews {
  /** W [inputs, outputs]. */
  readonly weights: Matrix
  /** b [outputs]. */
  readonly bias: Float64Array
}

/** Parameters, gradients or moments of a network without padding: first all weights, then all biases. */
export interface FlatParameters {
  readonly values: Float64Array
  /** Elements before the first bias. */
  readonly weightLength: number
  readonly layers: readonly LayerViews[]
}

export function createFlatParameters(layers: readonly LayerWidths[]): FlatParameters {
  const weightLength = layers.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0)
  const biasLength = layers.reduce((sum, { outputs }) => sum + outputs, 0)
  const values = new Float64Array(weightLength + biasLength)
  let weightStart = 0
  let biasStart = weightLength
  const views = layers.map(({ inputs, outputs }): LayerViews => {
    const weights = values.subarray(weightStart, (weightStart += inputs * outputs))
    const bias = values.subarray(biasStart, (biasStart += outputs))
    return { weights: createMatrix(inputs, outputs, weights), bias }
  })
  return { values, weightLength, layers: views }
}

/** The same numbers, apart from the original. */
export function copyFlatParameters(flat: FlatParameters, layers: readonly LayerWidths[]): FlatParameters {
  const copy = createFlatParameters(layers)
  copy.values.set(flat.values)
  return copy
}

export function writeLayers(flat: FlatParameters, layers: readonly LayerParameters[]): void {
  flat.layers.forEach(({ weights, bias }, index) => {
    weights.values.set(layers[index]!.weights)
    bias.set(layers[index]!.bias)
  })
}

/** Copies, rounded to f32. */
export function readLayers(flat: FlatParameters): LayerParameters[] {
  return flat.layers.map(({ weights, bias }) => ({
    weights: Float32Array.from(weights.values),
    bias: Float32Array.from(bias),
  }))
}
