import { positionsOf } from '../../experiment/tensorShape'
import type { ArrayRole, Graph, GraphNode } from '../graph'
import { batchNormBackward, batchNormForward, batchStatistics, type ChannelStatistics } from './batchNorm'
import { convBackwardInput } from './convBackwardInput'
import { convBackwardWeights, sumRows } from './convBackwardWeights'
import { convForward } from './convForward'
import { denseBackwardInput } from './denseBackwardInput'
import { denseBackwardWeights } from './denseBackwardWeights'
import { denseForward } from './denseForward'
import { viewOf, type NodeViews } from './flatParameters'
import { globalAverageBackward, globalAverageForward } from './globalAverage'
import { layerNormBackward, layerNormForward } from './layerNorm'
import type { Matrix } from './matrix'
import { poolBackward, poolForward } from './pool'
import { upsampleBackward, upsampleForward } from './upsample'

/** A node's own result, [samples · positions, channels]. */
export interface ForwardResult {
  readonly own: Matrix
  /** What a batch norm learns of the batch in training. */
  readonly learnt?: ChannelStatistics
}

/** Applies one node's operation. */
export function applyForward(
  graph: Graph,
  node: GraphNode,
  views: NodeViews,
  input: Matrix,
  { training }: { readonly training: boolean },
): ForwardResult {
  const { operation } = node
  const batch = batchOf(graph, node, input)
  switch (operation.kind) {
    case 'dense':
      return { own: denseForward(asSamples(input, batch), viewOf(views, 'weights'), viewOf(views, 'bias').values) }
    case 'conv':
      return {
        own: convForward(input, viewOf(views, 'weights'), viewOf(views, 'bias').values, { ...batch, ...operation }),
      }
    case 'transposedConv': {
      const own = convBackwardInput(input, viewOf(views, 'weights'), { ...convolutionBack(batch), ...operation })
      return { own: plusBias(own, viewOf(views, 'bias').values) }
    }
    case 'maxPool':
    case 'averagePool':
      return { own: poolForward(input, { ...batch, ...windowsOf(operation) }) }
    case 'globalAveragePool':
      return { own: globalAverageForward(input, batch) }
    case 'upsample':
      return { own: upsampleForward(input, { ...batch, factor: operation.factor }) }
    case 'pass':
    case 'expand':
      return { own: input }
    case 'normalise':
      return operation.over === 'batch'
        ? applyBatchNorm(views, input, training)
        : { own: layerNormForward(input, viewOf(views, 'scale').values, viewOf(views, 'shift').values) }
  }
}

function applyBatchNorm(views: NodeViews, input: Matrix, training: boolean): ForwardResult {
  const [scale, shift] = [viewOf(views, 'scale').values, viewOf(views, 'shift').values]
  if (training) {
    const { normalising, learnt } = batchStatistics(input)
    return { own: batchNormForward(input, normalising, scale, shift), learnt }
  }
  const running = { mean: viewOf(views, 'runningMean').values, variance: viewOf(views, 'runningVariance').values }
  return { own: batchNormForward(input, running, scale, shift) }
}

/** Where a node stands in the backward pass. */
export interface BackwardPlace {
  readonly views: NodeViews
  readonly input: Matrix
  /** Whether anybody asks for the gradient in the input. */
  readonly needsShare: boolean
}

export interface BackwardResult {
  /** The node's share of the gradient in its input. */
  readonly share: Matrix | undefined
  /** Gradients of the node's arrays. */
  readonly arrays: Readonly<Partial<Record<ArrayRole, Float64Array>>>
}

/** Differentiates one node's operation. @param outputGradient dL/dz of the node. */
export function applyBackward(
  graph: Graph,
  node: GraphNode,
  { views, input, needsShare }: BackwardPlace,
  outputGradient: Matrix,
): BackwardResult {
  const { operation } = node
  const batch = batchOf(graph, node, input)
  const share = (compute: () => Matrix): Matrix | undefined => (needsShare ? compute() : undefined)
  switch (operation.kind) {
    case 'dense': {
      const { weights, bias } = denseBackwardWeights(asSamples(input, batch), outputGradient)
      const back = () => ({ ...input, values: denseBackwardInput(outputGradient, viewOf(views, 'weights')).values })
      return { share: share(back), arrays: { weights: weights.values, bias } }
    }
    case 'conv': {
      const convolution = { ...batch, ...operation }
      const { weights, bias } = convBackwardWeights(input, outputGradient, convolution)
      const back = () => convBackwardInput(outputGradient, viewOf(views, 'weights'), convolution)
      return { share: share(back), arrays: { weights: weights.values, bias } }
    }
    case 'transposedConv': {
      const convolution = { ...convolutionBack(batch), ...operation }
      const { weights } = convBackwardWeights(outputGradient, input, convolution)
      const noBias = new Float64Array(input.columns)
      const back = () => convForward(outputGradient, viewOf(views, 'weights'), noBias, convolution)
      return { share: share(back), arrays: { weights: weights.values, bias: sumRows(outputGradient) } }
    }
    case 'maxPool':
    case 'averagePool':
      return withoutArrays(share(() => poolBackward(outputGradient, input, { ...batch, ...windowsOf(operation) })))
    case 'globalAveragePool':
      return withoutArrays(share(() => globalAverageBackward(outputGradient, batch)))
    case 'upsample':
      return withoutArrays(share(() => upsampleBackward(outputGradient, { ...batch, factor: operation.factor })))
    case 'pass':
      return withoutArrays(outputGradient)
    case 'expand':
      return withoutArrays(undefined)
    case 'normalise': {
      const differentiate = operation.over === 'batch' ? batchNormBackward : layerNormBackward
      const gradients = differentiate(outputGradient, input, viewOf(views, 'scale').values)
      return { share: gradients.input, arrays: { scale: gradients.scale, shift: gradients.shift } }
    }
  }
}

function withoutArrays(share: Matrix | undefined): BackwardResult {
  return { share, arrays: {} }
}

type Batch = ReturnType<typeof batchOf>

/** The shapes a node works on, and samples of the batch. */
function batchOf({ tensors }: Graph, node: GraphNode, matrix: Matrix) {
  const input = tensors[node.input]!.shape
  return { rows: matrix.rows / positionsOf(input), input, output: tensors[node.output]!.shape }
}

/** The convolution whose adjoint a transposed one is. */
function convolutionBack({ input, output }: Batch) {
  return { input: output, output: input }
}

function windowsOf({ kind, size, stride }: Extract<GraphNode['operation'], { readonly size: number }>) {
  return { kind: kind === 'maxPool' ? 'maximum' : 'average', size, stride } as const
}

/** [samples · positions, channels] → [samples, positions · channels]: the same numbers. */
function asSamples({ values }: Matrix, { rows }: Batch): Matrix {
  return { rows, columns: values.length / rows, values }
}

function plusBias(matrix: Matrix, bias: Float64Array): Matrix {
  return { ...matrix, values: matrix.values.map((value, at) => value + bias[at % matrix.columns]!) }
}
