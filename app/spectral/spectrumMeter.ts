import { placeSlices, wholeBuffer, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { Plan } from '../gpu/plan'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import { chooseSolver } from './chooseSolver'
import {
  createCovarianceAccumulator,
  scatterLength,
  scatterStride,
  type CovarianceVariant,
  type ScatterPlace,
} from './covariance'
import type { SolveSymmetric } from './eigenWorker'
import { createJacobiBatch, type JacobiBatch } from './jacobiBatch'
import { measuredFromScatter } from './measured'

/** `auto`: Jacobi on the GPU where the adapter is one and the order fits, else the float64 solver. */
type MeterSolver = 'auto' | 'jacobi' | 'reference'

export interface MeterOptions {
  readonly solver: MeterSolver
  /** Most rows of one `accumulate`. */
  readonly maximumRows: number
  /** The float64 solver for what the GPU does not solve: a worker's in the page, `solveInline` in Node. */
  readonly solveSymmetric: SolveSymmetric
  /** A forced covariance variant instead of the one that suits the adapter. */
  readonly covariance?: CovarianceVariant
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
  /** Solves, after all rows of the window, what the GPU solves; empty where that is nothing. */
  readonly solve: Plan
  /** To be copied out after `solve`, one behind another, for `decode`. */
  readonly results: readonly BufferSlice[]
  /** Bytes of all results. */
  readonly resultBytes: number
  /**
   * @param bytes of `results`.
   * @param samples rows added to every output since the reset.
   * @returns by output.
   */
  decode(bytes: ArrayBuffer, samples: number): Promise<MeasuredSpectrum[]>
  /** What computes what: `covariance` and, by name of the output, its solver. */
  readonly variants: Readonly<Record<string, string>>
}

/** @throws SpectralError `order-too-large` where `jacobi` is asked for and an output exceeds what it holds. */
export async function createSpectrumMeter(
  gpu: Gpu,
  scope: BufferScope,
  outputs: readonly { readonly name: string; readonly width: number }[],
  options: MeterOptions,
): Promise<SpectrumMeter> {
  const onGpu = outputs.map(
    ({ name, width }) => chooseSolver(gpu, options.solver, width, `the covariance of “${name}”`) === 'jacobi',
  )
  const { places, shared } = placeScatters(gpu, scope, outputs, onGpu)
  const variant = options.covariance ?? (gpu.software ? 'direct' : 'tiled')
  const [accumulator, jacobi] = await Promise.all([
    createCovarianceAccumulator(gpu, scope, places, { variant, maximumRows: options.maximumRows }),
    shared && createJacobiBatch(gpu, scope, wholeBuffer(shared), jacobiPlaces(places, onGpu)),
  ])
  const copied = places.filter((_, output) => !onGpu[output]).map(({ scatter }) => scatter)
  const results = [...(jacobi?.results ?? []), ...copied]
  return {
    reset: accumulator.reset,
    accumulate: (output, source, rows) => accumulator.accumulate(output, source, rows),
    solve: jacobi?.plan ?? [],
    results,
    resultBytes: results.reduce((sum, { size }) => sum + size, 0),
    decode: (bytes, samples) => decodeSpectra(bytes, samples, { places, onGpu, jacobi, solve: options.solveSymmetric }),
    variants: { covariance: variant, ...describeSolvers(outputs, onGpu, jacobi) },
  }
}

/** The scatters of all outputs: those that Jacobi solves lie in one buffer, which one dispatch reads. */
function placeScatters(
  gpu: Gpu,
  scope: BufferScope,
  outputs: readonly { readonly name: string; readonly width: number }[],
  onGpu: readonly boolean[],
): { readonly places: readonly ScatterPlace[]; readonly shared: GPUBuffer | undefined } {
  const lengths = outputs.map(({ width }, output) => (onGpu[output] ? scatterLength(width) : 0))
  const { offsets, totalBytes } = placeSlices(lengths, gpu.limits.minStorageBufferOffsetAlignment)
  const shared = onGpu.includes(true) ? scope.storage('scatters', totalBytes) : undefined
  const places = outputs.map(({ name, width }, output) => {
    const size = scatterLength(width) * 4
    const scatter =
      shared && onGpu[output]
        ? { buffer: shared, offset: offsets[output]!, size }
        : { buffer: scope.storage(`scatter of ${name}`, size), offset: 0, size }
    return { width, scatter }
  })
  return { places, shared }
}

function jacobiPlaces(places: readonly ScatterPlace[], onGpu: readonly boolean[]) {
  return places
    .filter((_, output) => onGpu[output])
    .map(({ width, scatter }) => ({ offset: scatter.offset / 4, order: width, stride: scatterStride(width) }))
}

function describeSolvers(
  outputs: readonly { readonly name: string }[],
  onGpu: readonly boolean[],
  jacobi: JacobiBatch | undefined,
): Record<string, string> {
  const names = outputs.map(({ name }, output) => [
    `spectrum of ${name}`,
    onGpu[output] ? `jacobi ${jacobi?.variant.cap}` : 'reference',
  ])
  return Object.fromEntries(names) as Record<string, string>
}

interface Decoding {
  readonly places: readonly ScatterPlace[]
  readonly onGpu: readonly boolean[]
  readonly jacobi: JacobiBatch | undefined
  readonly solve: SolveSymmetric
}

async function decodeSpectra(bytes: ArrayBuffer, samples: number, decoding: Decoding): Promise<MeasuredSpectrum[]> {
  const { places, onGpu, jacobi, solve } = decoding
  const solvedOnGpu = jacobi?.decode(bytes, 0) ?? []
  let start = jacobi?.resultBytes ?? 0
  const spectra: Promise<MeasuredSpectrum>[] = []
  let next = 0
  for (const [output, { width, scatter }] of places.entries()) {
    if (onGpu[output]) {
      const solution = { ...solvedOnGpu[next++]!, solver: 'jacobi' } as const
      spectra.push(Promise.resolve(measuredFromScatter(solution, samples)))
      continue
    }
    const values = new Float32Array(bytes.slice(start, start + scatter.size))
    start += scatter.size
    const solution = solve({ values, order: width, stride: scatterStride(width) }, false)
    spectra.push(
      solution.then((solved) =>
        measuredFromScatter({ ...solved, solver: 'reference', sweeps: 0, offDiagonalNorm: 0 }, samples),
      ),
    )
  }
  return Promise.all(spectra)
}
