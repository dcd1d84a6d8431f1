import { positionsOf } from '../experiment/tensorShape'
import type { BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { NodePlace } from './forwardPass'
import type { ShareBuffers, ShareForm } from './kernels/inputGradient'
import { compileAddGradient } from './layers/addGradient'
import { compileBatchNormBackward, type NormaliseBackwardBuffers } from './layers/batchNorm'
import { compileConvBackward } from './layers/conv'
import { adaptHalf, compileDenseBackward, type CompiledHalf, type DenseBackwardBuffers } from './layers/dense'
import { compileGlobalAverageBackward } from './layers/globalAverage'
import { compileLayerNormBackward } from './layers/layerNorm'
import { compilePoolBackward } from './layers/pool'
import { compileTransposedConvBackward } from './layers/transposedConv'
import { compileUpsampleBackward } from './layers/upsample'
import { sliceOf, type NodeSlices } from './network'
import { denseInputs, poolShape } from './nodeForward'

/** What a node's backward half reads and writes. */
interface NodeBackwardBuffers {
  readonly input: BufferSlice
  /** The node's result in the forward pass. */
  readonly output: BufferSlice
  /** dL/dz of the node. */
  readonly outputGradient: BufferSlice
  readonly arrays: NodeSlices
  /** Where the gradients of the arrays go. */
  readonly gradients: NodeSlices
  /** See `NodeOutputs.statistics`. */
  readonly statistics: BufferSlice | undefined
  readonly scratch: BufferSlice
  /** Undefined where nobody asks for the gradient in the input. */
  readonly share: ShareBuffers | undefined
}

type NodeBackward = CompiledHalf<NodeBackwardBuffers>

/** Of a node that nobody asks anything of. */
const NOTHING: NodeBackward = { scratchBytes: 0, variants: {}, dispatches: () => [] }

/** Compiles the backward half of a node of any kind. @param share undefined where nobody asks for it. */
export async function compileNodeBackward(
  gpu: Gpu,
  place: NodePlace,
  share: ShareForm | undefined,
): Promise<NodeBackward> {
  const { node, rows, input, output, packedInput } = place
  const { operation } = node
  const batch = { rows, input }
  switch (operation.kind) {
    case 'dense': {
      const shape = { rows, inputs: denseInputs(place), outputs: output.channels }
      const channels = positionsOf(input) === 1 ? shape.inputs : input.channels
      return weighted(await compileDenseBackward(gpu, shape, share, { channels }))
    }
    case 'conv': {
      const { geometry, groups } = operation
      return weighted(await compileConvBackward(gpu, { ...batch, output, geometry, groups, packedInput }, share))
    }
    case 'transposedConv': {
      const { geometry } = operation
      return weighted(await compileTransposedConvBackward(gpu, { ...batch, output, geometry }, share))
    }
    case 'normalise':
      return normalising(
        operation.over === 'batch'
          ? await compileBatchNormBackward(gpu, batch, share)
          : await compileLayerNormBackward(gpu, batch, share),
      )
    case 'expand':
      return NOTHING
    default:
      return share ? compileUnweighted(gpu, place, share) : NOTHING
  }
}

async function compileUnweighted(gpu: Gpu, place: NodePlace, share: ShareForm): Promise<NodeBackward> {
  const { operation } = place.node
  const batch = { rows: place.rows, input: place.input }
  switch (operation.kind) {
    case 'maxPool':
    case 'averagePool':
      return sharing(await compilePoolBackward(gpu, poolShape(place), share))
    case 'globalAveragePool':
      return sharing(await compileGlobalAverageBackward(gpu, batch, share))
    case 'upsample':
      return sharing(await compileUpsampleBackward(gpu, { ...batch, factor: operation.factor }, share))
    case 'pass':
      return sharing(await compileAddGradient(gpu, batch, share))
    default:
      throw new Error(`${operation.kind} has arrays or no gradient in its input`)
  }
}

/** A half that writes the gradients of weights and a bias. */
function weighted(half: CompiledHalf<DenseBackwardBuffers>): NodeBackward {
  return adaptHalf(half, ({ arrays, gradients, share, ...buffers }) => ({
    ...buffers,
    weightGradient: sliceOf(gradients, 'weights'),
    biasGradient: sliceOf(gradients, 'bias'),
    share: share && { ...share, weights: sliceOf(arrays, 'weights') },
  }))
}

/** A half that writes the gradients of a scale and a shift. */
function normalising(half: CompiledHalf<NormaliseBackwardBuffers>): NodeBackward {
  return adaptHalf(half, ({ arrays, gradients, statistics, ...buffers }) => {
    if (!statistics) throw new Error('a normalisation needs the statistics of its forward pass')
    return {
      ...buffers,
      statistics,
      scale: sliceOf(arrays, 'scale'),
      scaleGradient: sliceOf(gradients, 'scale'),
      shiftGradient: sliceOf(gradients, 'shift'),
    }
  })
}

/** A half that only leaves its share. */
function sharing(
  half: CompiledHalf<ShareBuffers & Pick<NodeBackwardBuffers, 'input' | 'output' | 'outputGradient'>>,
): NodeBackward {
  return adaptHalf(half, ({ share, input, output, outputGradient }) => {
    if (!share) throw new Error('a half compiled with a share of a gradient needs its buffers')
    return { ...share, input, output, outputGradient }
  })
}
