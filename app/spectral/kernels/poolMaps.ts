import { wholeBuffer, type BufferScope, type BufferSlice } from '../../gpu/buffers'
import { defineKernel, packUniform, type Kernel, type KernelConstants } from '../../gpu/kernel'
import { foldWorkgroups, type Dispatch } from '../../gpu/plan'
import { POOLING_ROUNDS, type FeatureMaps, type Pooling } from '../sampling'
import { quadCount } from './covariancePass'

const POOL_FIELDS = { rows: 'u32', positions: 'u32', quads: 'u32' } as const

/** Pools every feature map to one number. Twin: reference/sampleMaps.ts. */
export const poolMaps = defineKernel({
  shader: 'spectral/pool_maps',
  bindings: { source: 'read', pooled: 'read-write', params: { uniform: POOL_FIELDS } },
  constants: ['POOLING', 'SLOTS', 'LANES'],
})

type PoolConstants = KernelConstants<'POOLING' | 'SLOTS' | 'LANES'>

/** By the shader. */
const CODES: Readonly<Record<Pooling, number>> = { mean: 0, max: 1, median: 2 }

/** Some adapters stop an invocation after 65,535 turns of its loops. */
const LONGEST_LOOP = 50_000
const LARGEST_WORKGROUP = 256
/** Fewer invocations leave a part of every core of a GPU idle. */
const SMALLEST_WORKGROUP = 64
/** 256 bytes side by side: what a GPU reads in one go. */
const WIDEST_SLOTS = 16
/** Fewer positions per invocation cost more in adding up the lanes than they save. */
const POSITIONS_PER_LANE = 4

/**
 * The variant for these maps: on GPUs as many invocations to a map as its positions keep busy; on software adapters,
 * where barriers cost more than they save, as few as the length of loops allows.
 */
export function poolConstants(
  pooling: Pooling,
  { channels, positions }: FeatureMaps,
  { software }: { readonly software: boolean },
): PoolConstants {
  const fewest = powerOfTwo((POOLING_ROUNDS[pooling] * positions) / LONGEST_LOOP)
  const beside = software ? WIDEST_SLOTS : Math.min(WIDEST_SLOTS, powerOfTwo(quadCount(channels)))
  const busy = software ? 1 : Math.min(LARGEST_WORKGROUP / beside, powerOfTwo(positions / POSITIONS_PER_LANE))
  const LANES = Math.max(fewest, busy)
  const slots = Math.max(beside, SMALLEST_WORKGROUP / LANES)
  return { POOLING: CODES[pooling], SLOTS: Math.max(1, Math.min(slots, LARGEST_WORKGROUP / LANES)), LANES }
}

/** A compiled variant. */
interface PoolKernel {
  readonly kernel: Kernel<typeof poolMaps.bindings>
  readonly constants: PoolConstants
}

/**
 * @param source [rows · positions, channels4]; padding 0.
 * @param pooled [rows, channels4], written; padding 0. Not finite where a number of the map is not, NaN where one is NaN.
 */
export function poolMapsDispatch(
  { kernel, constants }: PoolKernel,
  scope: BufferScope,
  { rows, channels, positions }: FeatureMaps & { readonly rows: number },
  buffers: { readonly source: BufferSlice; readonly pooled: BufferSlice },
  pooling: Pooling,
): Dispatch {
  const quads = quadCount(channels)
  const params = wholeBuffer(scope.uniform('pool maps', packUniform(POOL_FIELDS, { rows, positions, quads })))
  const cost = POOLING_ROUNDS[pooling] * rows * positions * channels
  return kernel.dispatch({ ...buffers, params }, foldWorkgroups(Math.ceil((rows * quads) / constants.SLOTS)), cost)
}

/** The smallest power of two ≥ `count`, at least 1. */
function powerOfTwo(count: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, count)))
}
