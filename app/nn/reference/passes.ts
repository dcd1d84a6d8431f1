import type { DenseNode } from '../graph'
import { denseBackwardInput } from './denseBackwardInput'
import { denseBackwardWeights } from './denseBackwardWeights'
import { denseForward } from './denseForward'
import type { Dropout } from './dropout'
import type { FlatParameters } from './flatParameters'
import { inputGradient } from './inputGradient'
import { layerOutput, type LayerOutputs } from './layerOutput'
import type { Matrix } from './matrix'

/** Dropout by node; undefined, or missing as in evaluation, where nothing is dropped. */
export type DropoutByNode = readonly (Dropout | undefined)[]

/**
 * Applies all layers.
 * @param inputs [rows, features].
 * @returns z and f(z) by node; of the output node, which is linear and drops nothing, both are the network's outputs.
 */
export function runForward(
  nodes: readonly DenseNode[],
  parameters: FlatParameters,
  inputs: Matrix,
  dropout: DropoutByNode = [],
): LayerOutputs[] {
  const outputs: LayerOutputs[] = []
  nodes.forEach((node, index) => {
    const { weights, bias } = parameters.layers[index]!
    const input = outputs[index - 1]?.activation ?? inputs
    const activation = node.isOutput ? 'linear' : node.layer.activation
    const own = denseForward(input, weights, bias)
    outputs.push(layerOutput(own, { activation, dropout: node.isOutput ? undefined : dropout[index] }))
  })
  return outputs
}

/**
 * Gradient of the loss in all parameters.
 * @param outputs of `runForward` with the same inputs and dropout.
 * @param logitsGradient dL/dz of the output node, [rows, outputs].
 * @param gradients receives the result.
 */
export function runBackward(
  nodes: readonly DenseNode[],
  parameters: FlatParameters,
  inputs: Matrix,
  outputs: readonly LayerOutputs[],
  logitsGradient: Matrix,
  gradients: FlatParameters,
  dropout: DropoutByNode = [],
): void {
  let outputGradient = logitsGradient
  for (let index = nodes.length - 1; index >= 0; index--) {
    const previous = outputs[index - 1]
    const { weights, bias } = denseBackwardWeights(previous?.activation ?? inputs, outputGradient)
    gradients.layers[index]!.weights.values.set(weights.values)
    gradients.layers[index]!.bias.set(bias)
    if (!previous) continue
    const share = denseBackwardInput(outputGradient, parameters.layers[index]!.weights)
    outputGradient = inputGradient([share], {
      preactivation: previous.preactivation,
      activation: nodes[index - 1]!.layer.activation,
      dropout: dropout[index - 1],
    })
  }
}
