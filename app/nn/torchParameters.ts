import type { LayerParameters, LayerWidths } from './parameters'

interface ParameterArray {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Copies of all weights and biases under PyTorch's names (`0.weight` [out, in], `0.bias` [out], …). */
export type Parameters = Readonly<Record<string, ParameterArray>>

/** Names of a layer's two arrays. */
interface ParameterNames {
  readonly weight: string
  readonly bias: string
}

type NamedLayer = LayerWidths & { readonly names: ParameterNames }

/** Copies parameters into PyTorch's orientation. */
export function toTorchParameters(shapes: readonly NamedLayer[], layers: readonly LayerParameters[]): Parameters {
  const arrays: Record<string, ParameterArray> = {}
  shapes.forEach(({ inputs, outputs, names }, index) => {
    const { weights, bias } = layers[index]!
    arrays[names.weight] = { shape: [outputs, inputs], values: transpose(weights, inputs, outputs) }
    arrays[names.bias] = { shape: [outputs], values: bias.slice() }
  })
  return arrays
}

/**
 * Copies parameters out of PyTorch's orientation.
 * @throws RangeError where an array is missing or has another shape than the network's.
 */
export function fromTorchParameters(shapes: readonly NamedLayer[], parameters: Parameters): LayerParameters[] {
  return shapes.map(({ inputs, outputs, names }) => ({
    weights: transpose(takeArray(parameters, names.weight, [outputs, inputs]), outputs, inputs),
    bias: takeArray(parameters, names.bias, [outputs]).slice(),
  }))
}

function takeArray(parameters: Parameters, name: string, shape: readonly number[]): Float32Array {
  const array = parameters[name]
  if (!array) throw new RangeError(`the parameters have no “${name}”`)
  const length = shape.reduce((product, size) => product * size, 1)
  if (array.shape.join() !== shape.join() || array.values.length !== length) {
    throw new RangeError(`“${name}” is [${array.shape.join(', ')}]; the network needs [${shape.join(', ')}]`)
  }
  return array.values
}

/** [rows, columns] → [columns, rows]. */
function transpose(values: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(values.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = values[row * columns + column]!
  }
  return turned
}
