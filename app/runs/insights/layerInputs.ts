import { hasWeights } from '../../experiment/layerNames'
import type { LayerPlace } from '../../experiment/layerPlace'
import { shapeLayers, type ShapedLayer } from '../../experiment/layerShapes'
import type { LayerSpec, Sampling, WeightedLayerSpec } from '../../experiment/spec'
import { elementsOf, positionsOf, type TensorShape } from '../../experiment/tensorShape'

/** Where a measured layer stands and what it gets to see. */
export interface LayerInput {
  /** Undefined for the projection of a residual block, which is no layer of the spec. */
  readonly place: LayerPlace | undefined
  /** Numbers that one result depends on: more directions it cannot have. */
  readonly inputWidth: number
  /** Name of the measured layer that alone decides what comes in; undefined where the data do, or a sum of several. */
  readonly reads: string | undefined
  /** Results per sample: places of a feature map, 1 for others. */
  readonly positions: number
}

/** Units or channels of a measured layer: its features, unless its maps are taken whole. @param width its features. */
export function unitsOf(width: number, { positions }: Pick<LayerInput, 'positions'>, sampling: Sampling): number {
  return sampling === 'flatten' ? width / positions : width
}

/** Of every layer that can be measured, by its name. @param data shape of a sample. */
export function layerInputs(layers: readonly LayerSpec[], data: TensorShape): ReadonlyMap<string, LayerInput> {
  const inputs = new Map<string, LayerInput>()
  const { layers: shaped } = shapeLayers(layers, data)
  let reads: string | undefined
  const pass = (layer: LayerSpec, shape: ShapedLayer, place: LayerPlace): void => {
    if (!hasWeights(layer)) return
    const inputWidth = inputsOfResult(layer, shape.input)
    inputs.set(shape.name, { place, inputWidth, reads, positions: positionsOf(shape.output) })
    reads = shape.name
  }
  layers.forEach((layer, index) => {
    const shape = shaped[index]!
    if (layer.kind !== 'residual') {
      pass(layer, shape, index)
      return
    }
    const before = reads
    layer.layers.forEach((inner, position) => pass(inner, shape.inner[position]!, [index, position]))
    const projection = shape.inner[layer.layers.length]
    if (projection) {
      const inputWidth = projection.kind === 'dense' ? elementsOf(projection.input) : projection.input.channels
      const positions = positionsOf(projection.output)
      inputs.set(projection.name, { place: undefined, inputWidth, reads: before, positions })
    }
    reads = undefined
  })
  return inputs
}

function inputsOfResult(layer: WeightedLayerSpec, input: TensorShape): number {
  switch (layer.kind) {
    case 'dense':
      return elementsOf(input)
    case 'conv':
      return layer.kernel ** 2 * input.channels
    case 'transposedConv':
      // So many windows reach the same position.
      return Math.ceil(layer.kernel / layer.stride) ** 2 * input.channels
  }
}
