import { placeSlices } from '../gpu/buffers'
import { paddedWidth } from './padding'

/** Widths of a dense layer. */
export interface LayerWidths {
  readonly inputs: number
  readonly outputs: number
}

/** Weights and biases of a dense layer, without padding. */
export interface LayerParameters {
  /** W [inputs, outputs]: y = x·W + b. */
  readonly weights: Float32Array
  /** b [outputs]. */
  readonly bias: Float32Array
}

/** Part of a flat buffer, in bytes. */
interface ByteRange {
  readonly offset: number
  readonly size: number
}

/** Where the parameters of each layer lie in a flat f32 buffer: first all weights [in4, out4], then all biases [out4]. */
export interface ParameterLayout {
  readonly layers: readonly (LayerWidths & { readonly weights: ByteRange; readonly bias: ByteRange })[]
  /** Elements of the buffer; a multiple of 4. */
  readonly length: number
  /** Elements before the first bias; a multiple of 4. */
  readonly weightLength: number
}

/** @param alignmentBytes of every slice: `device.limits.minStorageBufferOffsetAlignment`. */
export function layoutParameters(layers: readonly LayerWidths[], alignmentBytes: number): ParameterLayout {
  const weightLengths = layers.map(({ inputs, outputs }) => paddedWidth(inputs) * paddedWidth(outputs))
  const biasLengths = layers.map(({ outputs }) => paddedWidth(outputs))
  const { offsets, totalBytes } = placeSlices([...weightLengths, ...biasLengths], alignmentBytes)
  return {
    layers: layers.map(({ inputs, outputs }, index) => ({
      inputs,
      outputs,
      weights: { offset: offsets[index]!, size: weightLengths[index]! * 4 },
      bias: { offset: offsets[layers.length + index]!, size: biasLengths[index]! * 4 },
    })),
    length: totalBytes / 4,
    weightLength: (offsets[layers.length] ?? 0) / 4,
  }
}

/** The contents of a flat buffer; padding and gaps are 0. */
export function packParameters(layout: ParameterLayout, layers: readonly LayerParameters[]): Float32Array {
  const flat = new Float32Array(layout.length)
  layout.layers.forEach(({ inputs, outputs, weights, bias }, index) => {
    const layer = layers[index]!
    const stride = paddedWidth(outputs)
    for (let row = 0; row < inputs; row++) {
      flat.set(layer.weights.subarray(row * outputs, (row + 1) * outputs), weights.offset / 4 + row * stride)
    }
    flat.set(layer.bias, bias.offset / 4)
  })
  return flat
}

/** The inverse of `packParameters`. */
export function unpackParameters(layout: ParameterLayout, flat: Float32Array): LayerParameters[] {
  return layout.layers.map(({ inputs, outputs, weights, bias }) => {
    const stride = paddedWidth(outputs)
    const unpadded = new Float32Array(inputs * outputs)
    for (let row = 0; row < inputs; row++) {
      const start = weights.offset / 4 + row * stride
      unpadded.set(flat.subarray(start, start + outputs), row * outputs)
    }
    return { weights: unpadded, bias: flat.slice(bias.offset / 4, bias.offset / 4 + outputs) }
  })
}
