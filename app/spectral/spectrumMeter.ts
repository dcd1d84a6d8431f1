import { placeSlices, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import { chooseSolver } from './chooseSolver'
import { createCovarianceAccumulator, scatterLength, scatterStride, type ScatterPlace } from './covariance'
import type { CovarianceVariant } from './kernels/chunkScatters'
import type { SolveSymmetric } from './eigenWorker'
import { compileJacobi, type SolvedMatrix } from './jacobiBatch'
import type { JacobiMember } from './jointBatch'
import { measuredFromScatter } from './measured'

/** `auto`: Jacobi on the GPU where the adapter is one and the order fits, else the float64 solver. */
export type MeterSolver = 'auto' | 'jacobi' | 'reference'

export interface MeterOptions {
  readonly solver: MeterSolver
  /** Most samples of one `accumulate`. */
  readonly maximumSamples: number
  /** The float64 solver for what the GPU does not solve: a worker's in the page, `solveInline` in Node. */
  readonly solveSymmetric: SolveSymmetric
  /** A forced covariance variant instead of the one that suits the adapter. */
  readonly covariance?: CovarianceVariant
}

/** An output whose spectra are measured. */
export interface MeteredOutput {
  readonly name: string
  /** d */
  readonly width: number
  /** Rows that a sample has: the places of an image, else 1. */
  readonly positions: number
}

/** Measures the spectra of a network's tracked outputs. Everything is allocated when it is made. */
export interface SpectrumMeter {
  /** Begins a new window in all outputs. */
  readonly reset: Plan
  /**
   * Adds rows of activations [rows, stride] to an output's window; stride = width rounded up to 4, padding 0. The plan is
   * made once per source and used for every measurement.
   * @throws RangeError where the source is too small or `rows` exceeds the maximum.
   */
  accumulate(output: number, source: BufferSlice, rows: number): Plan
  /** What the GPU solves after all rows of the window; undefined where that is nothing. */
  readonly jacobi: JacobiMember | undefined
  /** What it does not: to be copied out after all rows, one behind another, for `decode`. */
  readonly results: readonly BufferSlice[]
  /**
   * @param bytes of `results`.
   * @param solved of `jacobi`.
   * @param samples added since the reset.
   * @returns by output.
   */
  decode(bytes: ArrayBuffer, solved: readonly SolvedMatrix[], samples: number): Promise<MeasuredSpectrum[]>
  /** What computes what: `covariance` and, by name of the output, its solver. */
  readonly variants: Readonly<Record<string, string>>
}

/** @throws SpectralError `order-too-large` where `jacobi` is asked for and an output exceeds what it holds. */
export async function createSpectrumMeter(
  gpu: Gpu,
  scope: BufferScope,
  outputs: readonly MeteredOutput[],
  options: MeterOptions,
): Promise<SpectrumMeter> {
  const onGpu = outputs.map(
    ({ name, width }) => chooseSolver(gpu, options.solver, width, `the covariance of “${name}”`) === 'jacobi',
  )
  const { places, shared } = placeScatters(gpu, scope, outputs, onGpu)
  const variant = options.covariance ?? (gpu.software ? 'direct' : 'tiled')
  const [accumulator, jacobi] = await Promise.all([
    createCovarianceAccumulator(gpu, scope, places, { variant, maximumSamples: options.maximumSamples }),
    shared && createMember(gpu, shared, jacobiPlaces(places, onGpu)),
  ])
  const results = places.filter((_, output) => !onGpu[output]).map(({ scatter }) => scatter)
  return {
    reset: accumulator.reset,
    accumulate: (output, source, rows) => accumulator.accumulate(output, source, rows),
    jacobi,
    results,
    decode: (bytes, solved, samples) =>
      decodeSpectra(bytes, solved, samples, { places, onGpu, solve: options.solveSymmetric }),
    variants: { covariance: variant, ...describeSolvers(outputs, onGpu) },
  }
}

/** The scatters of all outputs: those that Jacobi solves lie in one buffer, which one dispatch reads. */
function placeScatters(
  gpu: Gpu,
  scope: BufferScope,
  outputs: readonly MeteredOutput[],
  onGpu: readonly boolean[],
): { readonly places: readonly ScatterPlace[]; readonly shared: GPUBuffer | undefined } {
  const lengths = outputs.map(({ width }, output) => (onGpu[output] ? scatterLength(width) : 0))
  const { offsets, totalBytes } = placeSlices(lengths, gpu.limits.minStorageBufferOffsetAlignment)
  const shared = onGpu.includes(true) ? scope.storage('scatters', totalBytes) : undefined
  const places = outputs.map(({ name, width, positions }, output) => {
    const size = scatterLength(width) * 4
    const scatter =
      shared && onGpu[output]
        ? { buffer: shared, offset: offsets[output]!, size }
        : { buffer: scope.storage(`scatter of ${name}`, size), offset: 0, size }
    return { width, positions, scatter }
  })
  return { places, shared }
}

async function createMember(gpu: Gpu, matrices: GPUBuffer, places: JacobiMember['places']): Promise<JacobiMember> {
  return { matrices, places, jacobi: await compileJacobi(gpu, places) }
}

function jacobiPlaces(places: readonly ScatterPlace[], onGpu: readonly boolean[]) {
  return places
    .filter((_, output) => onGpu[output])
    .map(({ width, scatter }) => ({ offset: scatter.offset / 4, order: width, stride: scatterStride(width) }))
}

function describeSolvers(
  outputs: readonly { readonly name: string }[],
  onGpu: readonly boolean[],
): Record<string, string> {
  const names = outputs.map(({ name }, output) => [`spectrum of ${name}`, onGpu[output] ? 'jacobi' : 'reference'])
  return Object.fromEntries(names) as Record<string, string>
}

interface Decoding {
  readonly places: readonly ScatterPlace[]
  readonly onGpu: readonly boolean[]
  readonly solve: SolveSymmetric
}

async function decodeSpectra(
  bytes: ArrayBuffer,
  solvedOnGpu: readonly SolvedMatrix[],
  samples: number,
  { places, onGpu, solve }: Decoding,
): Promise<MeasuredSpectrum[]> {
  let start = 0
  const spectra: Promise<MeasuredSpectrum>[] = []
  let next = 0
  for (const [output, { width, positions, scatter }] of places.entries()) {
    const rows = samples * positions
    const images = positions > 1 ? samples : undefined
    if (onGpu[output]) {
      const solution = { ...solvedOnGpu[next++]!, solver: 'jacobi' } as const
      spectra.push(Promise.resolve(measuredFromScatter(solution, rows, images)))
      continue
    }
    const values = new Float32Array(bytes.slice(start, start + scatter.size))
    start += scatter.size
    const solution = solve({ values, order: width, stride: scatterStride(width) }, false)
    spectra.push(
      solution.then((solved) =>
        measuredFromScatter({ ...solved, solver: 'reference', sweeps: 0, offDiagonalNorm: 0 }, rows, images),
      ),
    )
  }
  return Promise.all(spectra)
}
