import { ceilingFaults, type Ceilings } from './ceilings'
import type { DataShape } from './dataShape'
import type { FieldFault } from './faults'
import { outputFaults } from './fit'
import { layerNames } from './layerNames'
import type { ExperimentSpec, LayerSpec } from './spec'

/** What one layer turns into once the data are known. */
export interface LayerShape {
  /** “hidden 1”, …, “output”; names the tracked output too. */
  readonly name: string
  readonly kind: 'dense'
  readonly id: number
  readonly inputWidth: number
  readonly outputWidth: number
  /** Weights and biases. */
  readonly parameters: number
  /**
   * Floating-point operations of the forward pass of one sample, 2·in·out: each unit takes `in` products and as many
   * additions, the bias being the last of them. The activation function is left out, as by PyTorch's
   * torch.utils.flop_counter, which counts the same for nn.Linear.
   */
  readonly flopsPerSample: number
  /** What training keeps of a batch: z, f(z) and the gradient of z; the output layer is linear, so f(z) is z. */
  readonly activationBytes: number
  /** Names in PyTorch's nn.Sequential of Linear, activation and Dropout modules: “0.weight” [out, in]. */
  readonly parameterNames: { readonly weight: string; readonly bias: string }
}

/** Shapes and costs of a network; `faults` is empty when it can be trained. */
export interface Architecture {
  readonly layers: readonly LayerShape[]
  readonly parameters: number
  /** Forward pass of one sample. */
  readonly flopsPerSample: number
  /** Forward and backward pass of one batch; the gradient of the input samples is not needed. */
  readonly flopsPerStep: number
  /** The batch and what its layers keep of it, f32, as they lie on the GPU. */
  readonly activationBytes: number
  /** The largest single one of them. */
  readonly largestTensorBytes: number
  readonly faults: readonly FieldFault[]
}

/**
 * Follows the data through the layers.
 * @param data features and task, from `dataShape(spec.data)` or from the files that were read.
 * @param ceilings what the engine can hold (`gpuCeilings`, `REFERENCE_CEILINGS`); without them size is not checked.
 */
export function describeArchitecture(spec: ExperimentSpec, data: DataShape, ceilings?: Ceilings): Architecture {
  const { batchSize } = spec.training
  const layers = describeLayers(spec.layers, data.features, batchSize)
  const flopsPerSample = sum(layers.map((layer) => layer.flopsPerSample))
  const inputBytes = tensorBytes(batchSize, data.features)
  const architecture = {
    layers,
    parameters: sum(layers.map((layer) => layer.parameters)),
    flopsPerSample,
    flopsPerStep: (3 * flopsPerSample - (layers[0]?.flopsPerSample ?? 0)) * batchSize,
    activationBytes: inputBytes + sum(layers.map((layer) => layer.activationBytes)),
    largestTensorBytes: Math.max(inputBytes, ...spec.layers.map(({ units }) => tensorBytes(batchSize, units))),
  }
  const sizeFaults = ceilings ? ceilingFaults(architecture, ceilings) : []
  return { ...architecture, faults: [...outputFaults(spec, data.task), ...sizeFaults] }
}

/** Rows are padded to a multiple of four f32 values. */
function tensorBytes(rows: number, width: number): number {
  return rows * Math.ceil(width / 4) * 16
}

function describeLayers(layers: readonly LayerSpec[], features: number, batchSize: number): readonly LayerShape[] {
  const names = layerNames(layers.length)
  let inputWidth = features
  let module = 0
  return layers.map((layer, index) => {
    const shape: LayerShape = {
      name: names[index] ?? '',
      kind: layer.kind,
      id: layer.id,
      inputWidth,
      outputWidth: layer.units,
      parameters: (inputWidth + 1) * layer.units,
      flopsPerSample: 2 * inputWidth * layer.units,
      activationBytes: (index === layers.length - 1 ? 2 : 3) * tensorBytes(batchSize, layer.units),
      parameterNames: { weight: `${module}.weight`, bias: `${module}.bias` },
    }
    inputWidth = layer.units
    module += 1 + (layer.activation === 'linear' ? 0 : 1) + (layer.dropout > 0 ? 1 : 0)
    return shape
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
