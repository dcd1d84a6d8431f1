import type { FlatParameters } from './flatParameters'
import type { LayerOutputs } from './layerOutput'
import { fitsSinglePrecision } from './stepControl'

/** Where a refused step first left the range of f32, in the order of computation. */
export type NonFinitePlace =
  | { readonly kind: 'output'; /** Position of the layer, from 0. */ readonly layer: number }
  | { readonly kind: 'loss' }
  | { readonly kind: 'gradient'; readonly layer: number }

/**
 * @param outputs of each layer in the refused step.
 * @param gradients of that step; those of the last layer were computed first.
 */
export function locateNonFinite(
  outputs: readonly LayerOutputs[],
  loss: number,
  gradients: FlatParameters,
): NonFinitePlace {
  const layer = outputs.findIndex(({ preactivation }) => !preactivation.values.every(fitsSinglePrecision))
  if (layer >= 0) return { kind: 'output', layer }
  if (!fitsSinglePrecision(loss)) return { kind: 'loss' }
  const faulty = gradients.layers.findLastIndex(({ weights, bias }) => !(allFit(weights.values) && allFit(bias)))
  // Where every element fits, their norm did not: named is the layer with the largest.
  return { kind: 'gradient', layer: faulty >= 0 ? faulty : layerOfLargest(gradients) }
}

function allFit(values: Float64Array): boolean {
  return values.every(fitsSinglePrecision)
}

function layerOfLargest(gradients: FlatParameters): number {
  const sizes = gradients.layers.map(({ weights, bias }) => Math.max(largest(weights.values), largest(bias)))
  return sizes.indexOf(Math.max(...sizes))
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
