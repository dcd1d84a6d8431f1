import type { ArrayShape } from './graph'
import type { ArrayValues } from './parameters'

interface ParameterArray {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** Copies of all arrays under PyTorch's names: `0.weight` [out, in] or [out, in, height, width], `0.bias` [out], … */
export type Parameters = Readonly<Record<string, ParameterArray>>

/** Copies arrays into PyTorch's orientation. */
export function toTorchParameters(arrays: readonly ArrayShape[], values: ArrayValues): Parameters {
  return Object.fromEntries(
    arrays.map(({ torch, blocks, rows, columns }, index) => {
      return [torch.name, { shape: [...torch.shape], values: reverseAxes(values[index]!, blocks, rows, columns) }]
    }),
  )
}

/**
 * Copies arrays out of PyTorch's orientation.
 * @throws RangeError where an array is missing or has another shape than the network's.
 */
export function fromTorchParameters(arrays: readonly ArrayShape[], parameters: Parameters): ArrayValues {
  return arrays.map(({ torch, blocks, rows, columns }) =>
    reverseAxes(takeArray(parameters, torch.name, torch.shape), columns, rows, blocks),
  )
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

/** [a, b, c] → [c, b, a]. */
function reverseAxes(values: Float32Array, a: number, b: number, c: number): Float32Array {
  const reversed = new Float32Array(values.length)
  let from = 0
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < b; j++) {
      for (let k = 0; k < c; k++) reversed[(k * b + j) * a + i] = values[from++]!
    }
  }
  return reversed
}
