import { BufferScope, wholeBuffer, type BufferSlice } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import { submitPlan } from '../gpu/plan'
import { readSlice } from '../gpu/readback'
import { submittedWorkDone } from '../gpu/workDone'
import { describeSpectrum, type LayerSpectrum } from '../metrics/layerSpectrum'
import type { Convention } from '../metrics/varianceSums'
import { chooseSolver, type Solver } from './chooseSolver'
import { createCovarianceAccumulator, scatterLength, scatterStride } from './covariance'
import { withFloat64Solver } from './eigenWorker'
import { checkActivations, checkReading, type ActivationShape } from './inputs'
import { createJacobiBatch, runJacobiBatch, type SolvedMatrix } from './jacobiBatch'
import { measuredFromScatter } from './measured'
import { covariance } from './reference/covariance'
import type { SymmetricMatrix } from './reference/symmetricEigen'

export interface AnalyzeOptions {
  /** δ, 0 < δ ≤ 1; 0.99 if not given. */
  readonly threshold?: number
  readonly convention?: Convention
  readonly eigenvectors?: boolean
  readonly solver?: Solver
}

/**
 * Spectrum and metrics of activations [samples, features], row-major, by the kernels that training uses; wholly in
 * float64 with the solver `reference` or where there is no GPU. Frees every buffer it makes.
 * @param gpu undefined where there is none.
 * @throws SpectralError `invalid-input`, `solver-unavailable` or `order-too-large`; GpuError where the GPU fails.
 */
export async function analyzeActivations(
  gpu: Gpu | undefined,
  activations: Float32Array,
  shape: ActivationShape,
  options: AnalyzeOptions = {},
): Promise<LayerSpectrum> {
  const { threshold = 0.99, convention = 'paper', eigenvectors = false, solver: wanted = 'auto' } = options
  const values = checkActivations(activations, shape)
  checkReading(threshold, convention)
  const { samples, features } = shape
  const solver = chooseSolver(gpu, wanted, features, 'the covariance of activations')
  const onGpu = wanted === 'reference' ? undefined : gpu
  const solved = onGpu
    ? await solveWithGpu(onGpu, values, shape, { solver, eigenvectors })
    : await solveOnCpu(values, shape, eigenvectors)
  const measured = measuredFromScatter({ ...solved, solver }, samples)
  const described = describeSpectrum(measured, features, { threshold, convention })
  return solved.eigenvectors && measured.state !== 'non-finite'
    ? { ...described, eigenvectors: solved.eigenvectors }
    : described
}

/** Of the scatter matrix: eigenvalues are `samples` times those of the covariance. */
async function solveOnCpu(
  activations: Float32Array,
  { samples, features }: ActivationShape,
  eigenvectors: boolean,
): Promise<SolvedMatrix> {
  const values = covariance(activations, samples, features).map((value) => value * samples)
  return solveFloat64({ values, order: features, stride: features }, eigenvectors)
}

async function solveFloat64(matrix: SymmetricMatrix, eigenvectors: boolean): Promise<SolvedMatrix> {
  const { eigenvectors: columns, ...solved } = await withFloat64Solver(matrix.order, (solve) =>
    solve(matrix, eigenvectors),
  )
  return {
    ...solved,
    sweeps: 0,
    offDiagonalNorm: 0,
    ...(columns ? { eigenvectors: Float32Array.from(columns) } : {}),
  }
}

async function solveWithGpu(
  gpu: Gpu,
  activations: Float32Array,
  shape: ActivationShape,
  { solver, eigenvectors }: { readonly solver: 'jacobi' | 'reference'; readonly eigenvectors: boolean },
): Promise<SolvedMatrix> {
  const { features } = shape
  const stride = scatterStride(features)
  const scope = new BufferScope(gpu)
  const factor = scalingFactor(activations)
  try {
    const scatter = wholeBuffer(scope.storage('scatter', scatterLength(features) * 4))
    await accumulateAll(gpu, scope, activations, shape, { factor, scatter })
    if (solver === 'jacobi') {
      const batch = await createJacobiBatch(gpu, scope, scatter, [{ offset: 0, order: features, stride }], {
        eigenvectors,
      })
      const [solved] = await runJacobiBatch(gpu, batch)
      return undoScaling(solved!, factor)
    }
    const values = new Float32Array(await readSlice(gpu, scatter))
    return undoScaling(await solveFloat64({ values, order: features, stride }, eigenvectors), factor)
  } finally {
    scope.destroy()
  }
}

/**
 * A power of two, which rounds nothing, that brings the largest activation to between 1 and 2: squares of activations
 * below 1e-19 would vanish in f32 and make a layer look dead, squares of those above 1e19 overflow.
 */
function scalingFactor(activations: Float32Array): number {
  let largest = 0
  for (const activation of activations) largest = Math.max(largest, Math.abs(activation))
  return largest > 0 && Number.isFinite(largest) ? 2 ** -Math.floor(Math.log2(largest)) : 1
}

/** Of the scatter of activations that were multiplied by `factor`, the solution for the activations as given. */
function undoScaling(solved: SolvedMatrix, factor: number): SolvedMatrix {
  const squared = factor * factor
  return {
    ...solved,
    eigenvalues: solved.eigenvalues.map((eigenvalue) => eigenvalue / squared),
    offDiagonalNorm: solved.offDiagonalNorm / squared,
  }
}

/** Activations uploaded at a time. */
const BAND_BYTES = 16 * 2 ** 20
const BAND_ROWS_MULTIPLE = 512

async function accumulateAll(
  gpu: Gpu,
  scope: BufferScope,
  activations: Float32Array,
  { samples, features }: ActivationShape,
  { factor, scatter }: { readonly factor: number; readonly scatter: BufferSlice },
): Promise<void> {
  const stride = scatterStride(features)
  const fitting = BAND_ROWS_MULTIPLE * Math.max(1, Math.floor(BAND_BYTES / (4 * stride * BAND_ROWS_MULTIPLE)))
  const bandRows = Math.min(samples, fitting)
  const accumulator = await createCovarianceAccumulator(gpu, scope, [{ positions: 1, width: features, scatter }], {
    variant: gpu.software ? 'direct' : 'tiled',
    maximumSamples: bandRows,
  })
  const source = scope.storage('activations', bandRows * stride * 4)
  const band = new Float32Array(bandRows * stride)
  const wholeBand = accumulator.accumulate(0, wholeBuffer(source), bandRows)
  for (let first = 0; first < samples; first += bandRows) {
    const rows = Math.min(bandRows, samples - first)
    for (let row = 0; row < rows; row++) {
      const start = (first + row) * features
      for (let feature = 0; feature < features; feature++) {
        band[row * stride + feature] = activations[start + feature]! * factor
      }
    }
    gpu.device.queue.writeBuffer(source, 0, band, 0, rows * stride)
    submitPlan(gpu.device, rows === bandRows ? wholeBand : accumulator.accumulate(0, wholeBuffer(source), rows))
    // Uploads wait in memory until they are used: no more than one band of them.
    await submittedWorkDone(gpu.device)
  }
}
