import { placeSlices, wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import { packUniform } from '../gpu/kernel'
import type { Plan } from '../gpu/plan'
import { chunkMeans, chunkMeansDispatch } from './kernels/chunkMeans'
import { chunkScatters, chunkScattersDispatch, scatterConstants, type CovarianceVariant } from './kernels/chunkScatters'
import { PASS_FIELDS, chunkCount, momentsLength, quadCount, type PassShape } from './kernels/covariancePass'
import { mergeChunks, mergeChunksDispatch } from './kernels/mergeChunks'
import { resetMoments, resetMomentsDispatch } from './kernels/resetMoments'

export interface CovarianceOptions {
  readonly variant: CovarianceVariant
  /** Most samples of one `accumulate`. */
  readonly maximumSamples: number
  /** Rows per chunk other than the rule for the adapter and width. */
  readonly chunkRows?: number
}

/** Running covariances of several outputs; everything is allocated when it is made. */
export interface CovarianceAccumulator {
  /** Begins a new window in all outputs. */
  readonly reset: Plan
  /**
   * Adds `rows` rows of `source`, activations [rows, stride] with stride = width rounded up to 4 and zero padding.
   * @throws RangeError where the source is too small or `rows` exceeds the maximum.
   */
  accumulate(output: number, source: BufferSlice, rows: number): Plan
}

/** A tracked output's width and where its scatter Σ(a − μ)(a − μ)ᵀ is kept: [width, stride], lower triangle. */
export interface ScatterPlace {
  readonly width: number
  /** Rows that a sample has: the places of an image, else 1. */
  readonly positions: number
  readonly scatter: BufferSlice
}

/** Floats of a scatter matrix [width, stride]. */
export function scatterLength(width: number): number {
  return width * scatterStride(width)
}

/** Floats from row to row of a scatter matrix. */
export function scatterStride(width: number): number {
  return 4 * quadCount(width)
}

const LONGEST_CHUNK = 512
const SHORTEST_CHUNK = 64
/** Workgroups that keep a large GPU busy. */
const BUSY_WORKGROUPS = 128
const TILE_WIDTH = 64

/** Chunks as long as accuracy allows (512), shorter where a GPU would otherwise have too little to do at once. */
function chooseChunkRows(variant: CovarianceVariant, width: number, rows: number): number {
  if (variant === 'direct') return LONGEST_CHUNK
  const tiles = Math.ceil(width / TILE_WIDTH)
  const workgroups = (chunk: number) => ((tiles * (tiles + 1)) / 2) * Math.ceil(rows / chunk)
  let chunk = LONGEST_CHUNK
  while (chunk > SHORTEST_CHUNK && workgroups(chunk) < BUSY_WORKGROUPS) chunk /= 2
  return chunk
}

/** Chunk scatters held at a time; longer inputs go through in several passes. */
const SCRATCH_BYTES = 32 * 2 ** 20

export async function createCovarianceAccumulator(
  gpu: Gpu,
  scope: BufferScope,
  outputs: readonly ScatterPlace[],
  options: CovarianceOptions,
): Promise<CovarianceAccumulator> {
  const { variant, maximumSamples } = options
  const [means, scatters, merge, reset] = await Promise.all([
    gpu.pipelines.compile(chunkMeans, {}),
    gpu.pipelines.compile(chunkScatters, scatterConstants(variant)),
    gpu.pipelines.compile(mergeChunks, {}),
    gpu.pipelines.compile(resetMoments, {}),
  ])
  const passes = outputs.map(({ width, positions }) => {
    const maximumRows = maximumSamples * positions
    const chunkRows = options.chunkRows ?? chooseChunkRows(variant, width, maximumRows)
    const fitting = Math.max(1, Math.floor(SCRATCH_BYTES / (4 * scatterStride(width) ** 2)))
    return { maximumRows, chunkRows, chunks: Math.min(fitting, Math.ceil(maximumRows / chunkRows)) }
  })
  const largest = (length: (width: number) => number) =>
    Math.max(...outputs.map(({ width }, index) => length(width) * passes[index]!.chunks)) * 4
  const scratch = {
    chunkMeans: wholeBuffer(scope.storage('chunk means', largest(scatterStride))),
    chunkScatters: wholeBuffer(
      scope.storage(
        'chunk scatters',
        largest((width) => scatterStride(width) ** 2),
      ),
    ),
  }
  const moments = createMoments(gpu, scope, outputs)

  const accumulate = (output: number, source: BufferSlice, rows: number): Plan => {
    const { width, scatter } = outputs[output]!
    const { maximumRows, chunkRows, chunks } = passes[output]!
    checkSource(width, source, rows, maximumRows)
    const plan = []
    for (let firstRow = 0; firstRow < rows; firstRow += chunkRows * chunks) {
      const shape = { width, firstRow, endRow: Math.min(rows, firstRow + chunkRows * chunks), chunkRows }
      const params = passParams(scope, shape)
      const pass = { source, scatter, moments: moments.slices[output]!, ...scratch, params, shape }
      plan.push(
        chunkMeansDispatch(means, pass),
        chunkScattersDispatch(scatters, variant, pass),
        mergeChunksDispatch(merge, pass),
      )
    }
    return plan
  }
  return { reset: [resetMomentsDispatch(reset, scope, moments.buffer)], accumulate }
}

/** All outputs' running moments in one buffer, so that one dispatch resets them. */
function createMoments(
  gpu: Gpu,
  scope: BufferScope,
  outputs: readonly ScatterPlace[],
): { readonly buffer: GPUBuffer; readonly slices: readonly BufferSlice[] } {
  const lengths = outputs.map(({ width }) => momentsLength(width))
  const { offsets, totalBytes } = placeSlices(lengths, gpu.limits.minStorageBufferOffsetAlignment)
  const buffer = scope.storage('running moments', totalBytes)
  return { buffer, slices: lengths.map((length, index) => ({ buffer, offset: offsets[index]!, size: length * 4 })) }
}

function passParams(scope: BufferScope, shape: PassShape): BufferSlice {
  const { width, firstRow, endRow, chunkRows } = shape
  const fields = { first_row: firstRow, end_row: endRow, chunk_rows: chunkRows, quads: quadCount(width), width }
  return wholeBuffer(scope.uniform(`covariance pass of ${chunkCount(shape)} chunks`, packUniform(PASS_FIELDS, fields)))
}

function checkSource(width: number, source: BufferSlice, rows: number, maximumRows: number): void {
  if (!Number.isInteger(rows) || rows < 1 || rows > maximumRows) {
    throw new RangeError(`accumulate takes 1 to ${maximumRows} rows at a time, not ${rows}`)
  }
  const bytes = rows * scatterStride(width) * 4
  if (source.size < bytes) {
    throw new RangeError(`${rows} rows of ${width} features take ${bytes} bytes; the source holds ${source.size}`)
  }
}
