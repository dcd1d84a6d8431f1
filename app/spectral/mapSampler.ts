import { wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import { quadCount } from './kernels/covariancePass'
import { flattenMaps, flattenMapsDispatch } from './kernels/flattenMaps'
import { poolConstants, poolMaps, poolMapsDispatch } from './kernels/poolMaps'
import { sampledShape, type FeatureMaps, type Sampling } from './sampling'

/** Activations as a covariance takes them, [rows, width4], once `plan` has run. */
interface SampledSource {
  readonly plan: Plan
  readonly source: BufferSlice
  readonly rows: number
}

/** Makes activation matrices of several outputs' feature maps. Everything is allocated when it is made. */
export interface MapSampler {
  /**
   * Takes feature maps [samples · positions, channels4]. All outputs share the place of the result, so it is to be read
   * before the next is made.
   */
  sample(output: number, source: BufferSlice, samples: number): SampledSource
}

interface SamplerOptions {
  readonly sampling: Sampling
  /** Most samples at a time. */
  readonly maximumSamples: number
}

export async function createMapSampler(
  gpu: Gpu,
  scope: BufferScope,
  outputs: readonly FeatureMaps[],
  { sampling, maximumSamples }: SamplerOptions,
): Promise<MapSampler> {
  const remade = outputs.filter((maps) => needsKernel(sampling, maps))
  const quads = Math.max(0, ...remade.map((maps) => quadCount(sampledShape(sampling, maps).width)))
  const result = quads > 0 ? wholeBuffer(scope.storage('sampled maps', 16 * quads * maximumSamples)) : undefined
  const dispatches = await Promise.all(outputs.map((maps) => compileSampling(gpu, scope, sampling, maps)))
  return {
    sample(output, source, samples) {
      const maps = outputs[output]!
      const rows = samples * sampledShape(sampling, maps).positions
      const dispatch = dispatches[output]
      if (!dispatch || !result) return { plan: [], source, rows }
      return { plan: [dispatch(source, result, samples)], source: result, rows }
    },
  }
}

type SamplingDispatch = (source: BufferSlice, result: BufferSlice, rows: number) => Plan[number]

/** Otherwise the maps are rows as they lie. */
function needsKernel(sampling: Sampling, { channels, positions }: FeatureMaps): boolean {
  if (sampling === 'channelwise' || positions === 1) return false
  return sampling !== 'flatten' || channels % 4 !== 0
}

/** @returns undefined where there is nothing to do. */
async function compileSampling(
  gpu: Gpu,
  scope: BufferScope,
  sampling: Sampling,
  maps: FeatureMaps,
): Promise<SamplingDispatch | undefined> {
  if (sampling === 'channelwise' || !needsKernel(sampling, maps)) return undefined
  if (sampling === 'flatten') {
    const kernel = await gpu.pipelines.compile(flattenMaps, {})
    return (source, flattened, rows) => flattenMapsDispatch(kernel, scope, { ...maps, rows }, { source, flattened })
  }
  const constants = poolConstants(sampling, maps, gpu)
  const kernel = await gpu.pipelines.compile(poolMaps, constants)
  return (source, pooled, rows) =>
    poolMapsDispatch({ kernel, constants }, scope, { ...maps, rows }, { source, pooled }, sampling)
}
