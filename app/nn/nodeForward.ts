import { positionsOf } from '../experiment/tensorShape'
import type { BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { ForwardMode, NodePlace } from './forwardPass'
import type { BatchNormForwardBuffers } from './kernels/batchNormForward'
import type { BatchNormStatisticsBuffers } from './kernels/batchNormStatistics'
import type { LayerNormForwardBuffers } from './kernels/layerNormForward'
import type { OutputBuffers } from './kernels/layerOutput'
import { compileBatchNormEvaluation, compileBatchNormForward } from './layers/batchNorm'
import { compileConvForward } from './layers/conv'
import { adaptHalf, compileDenseForward, type CompiledHalf } from './layers/dense'
import { compileExpandBatch } from './layers/expandBatch'
import { compileGlobalAverageForward } from './layers/globalAverage'
import { compileLayerNormForward } from './layers/layerNorm'
import { compilePassForward } from './layers/pass'
import { compilePoolForward } from './layers/pool'
import { compileTransposedConvForward } from './layers/transposedConv'
import { compileUpsampleForward } from './layers/upsample'
import { runningSlice, sliceOf, type NodeSlices } from './network'
import { paddedWidth } from './padding'

/** What a node's forward half reads and writes. */
interface NodeForwardBuffers extends OutputBuffers {
  readonly input: BufferSlice
  readonly arrays: NodeSlices
  /** See `NodeOutputs.statistics`. */
  readonly statistics: BufferSlice | undefined
  /** Where a batch norm leaves what it sees in training, [2, channels4]; undefined for others, and in evaluation. */
  readonly batchStatistics: BufferSlice | undefined
  readonly scratch: BufferSlice
}

type NodeForward = CompiledHalf<NodeForwardBuffers>

/** Compiles the forward half of a node of any kind. */
export async function compileNodeForward(gpu: Gpu, place: NodePlace, mode: ForwardMode): Promise<NodeForward> {
  const { node, rows, input, output, packedInput } = place
  const { operation } = node
  const batch = { rows, input }
  const form = { activation: node.activation, addsResidual: node.residual !== undefined }
  switch (operation.kind) {
    case 'dense': {
      const shape = { rows, inputs: denseInputs(place), outputs: output.channels }
      return weighted(await compileDenseForward(gpu, shape, form))
    }
    case 'conv': {
      const { geometry, groups } = operation
      return weighted(await compileConvForward(gpu, { ...batch, output, geometry, groups, packedInput }, form))
    }
    case 'transposedConv': {
      const { geometry } = operation
      return weighted(await compileTransposedConvForward(gpu, { ...batch, output, geometry }, form))
    }
    case 'maxPool':
    case 'averagePool':
      return plain(await compilePoolForward(gpu, poolShape(place)))
    case 'globalAveragePool':
      return plain(await compileGlobalAverageForward(gpu, batch))
    case 'upsample':
      return plain(await compileUpsampleForward(gpu, { ...batch, factor: operation.factor }))
    case 'pass':
      return compilePassForward(gpu, batch, form)
    case 'expand':
      return adaptHalf(await compileExpandBatch(gpu, batch), (buffers: NodeForwardBuffers) => ({
        packed: buffers.input,
        output: buffers.preactivation,
      }))
    case 'normalise':
      if (operation.over === 'layer') return normalising(await compileLayerNormForward(gpu, batch, form))
      if (mode === 'training') return normalising(await compileBatchNormForward(gpu, batch, form))
      return adaptHalf(await compileBatchNormEvaluation(gpu, batch, form), (buffers: NodeForwardBuffers) => ({
        ...buffers,
        ...scaleAndShift(buffers.arrays),
        statistics: runningSlice(buffers.arrays),
      }))
  }
}

/** A half that reads weights and a bias. */
function weighted(
  half: CompiledHalf<
    Omit<NodeForwardBuffers, 'arrays'> & { readonly weights: BufferSlice; readonly bias: BufferSlice }
  >,
): NodeForward {
  return adaptHalf(half, ({ arrays, ...buffers }) => ({
    ...buffers,
    weights: sliceOf(arrays, 'weights'),
    bias: sliceOf(arrays, 'bias'),
  }))
}

/** A half that goes by the batch. */
function normalising(
  half: CompiledHalf<BatchNormForwardBuffers & BatchNormStatisticsBuffers> | CompiledHalf<LayerNormForwardBuffers>,
): NodeForward {
  return adaptHalf(half, ({ arrays, statistics, batchStatistics, ...buffers }: NodeForwardBuffers) => {
    if (!statistics) throw new Error('a normalisation needs room for its statistics')
    return { ...buffers, ...scaleAndShift(arrays), statistics, batch: batchStatistics ?? statistics }
  })
}

function scaleAndShift(arrays: NodeSlices) {
  return { scale: sliceOf(arrays, 'scale'), shift: sliceOf(arrays, 'shift') }
}

/** A half without anything of its own: its result goes on as it is. */
function plain(half: CompiledHalf<{ readonly input: BufferSlice; readonly output: BufferSlice }>): NodeForward {
  return adaptHalf(half, ({ input, preactivation }) => ({ input, output: preactivation }))
}

/** Numbers that a dense layer reads of a sample: where positions are padded, the padding, too, which has weights of 0. */
export function denseInputs({ input, packedInput }: Pick<NodePlace, 'input' | 'packedInput'>): number {
  const positions = positionsOf(input)
  return positions * (packedInput || positions === 1 ? input.channels : paddedWidth(input.channels))
}

/** Of a node that pools. */
export function poolShape({ node: { operation }, rows, input }: NodePlace) {
  if (!('size' in operation)) throw new Error('the node does not pool')
  const { kind, size, stride } = operation
  return { rows, input, size, stride, kind: kind === 'maxPool' ? 'maximum' : 'average' } as const
}
