import type { Graph } from '../graph'
import type { FlatParameters } from './flatParameters'
import type { LayerOutputs } from './layerOutput'
import { fitsSinglePrecision } from './stepControl'

/** Where a refused step first left the range of f32, in the order of computation. */
export type NonFinitePlace =
  | { readonly kind: 'output'; /** Name of the layer. */ readonly layer: string }
  | { readonly kind: 'loss' }
  | { readonly kind: 'gradient'; readonly layer: string }

/**
 * @param outputs of each node in the refused step.
 * @param gradients of that step; those of the last node were computed first.
 */
export function locateNonFinite(
  graph: Graph,
  outputs: readonly LayerOutputs[],
  loss: number,
  gradients: FlatParameters,
): NonFinitePlace {
  const spoiled = outputs.findIndex(({ preactivation }) => !preactivation.values.every(fitsSinglePrecision))
  if (spoiled >= 0) return { kind: 'output', layer: graph.nodes[spoiled]!.name }
  if (!fitsSinglePrecision(loss)) return { kind: 'loss' }
  const faulty = gradients.nodes.findLastIndex((views) => !Object.values(views).every(({ values }) => allFit(values)))
  // Where every element fits, their norm did not: named is the layer with the largest.
  const node = faulty >= 0 ? faulty : nodeOfLargest(gradients)
  return { kind: 'gradient', layer: graph.nodes[node]!.name }
}

function allFit(values: Float64Array): boolean {
  return values.every(fitsSinglePrecision)
}

function nodeOfLargest(gradients: FlatParameters): number {
  const sizes = gradients.nodes.map((views) =>
    Math.max(0, ...Object.values(views).map(({ values }) => largest(values))),
  )
  return sizes.indexOf(Math.max(...sizes))
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}
