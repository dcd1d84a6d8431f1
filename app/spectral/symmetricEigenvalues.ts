import { BufferScope, wholeBuffer } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { SolverName, SpectrumState } from '../metrics/spectrum'
import { LARGEST_ORDER, chooseSolver, type Solver } from './chooseSolver'
import { withFloat64Solver } from './eigenWorker'
import { SpectralError } from './errors'
import { createJacobiBatch, runJacobiBatch, type SolvedMatrix } from './jacobiBatch'

/** [order, order], row-major and symmetric. */
export interface MatrixInput {
  readonly values: Float32Array
  readonly order: number
}

export interface EigenResult {
  /** [order] Descending, signed and unclamped; zeros where `state` is `non-finite`. */
  readonly eigenvalues: Float32Array
  /** [order, order] Column j pairs with eigenvalue j. */
  readonly eigenvectors?: Float32Array
  /** `dead`: every element is 0. */
  readonly state: SpectrumState
  readonly solver: SolverName
  readonly sweeps: number
}

export interface EigenOptions {
  readonly eigenvectors?: boolean
  readonly solver?: Solver
}

/**
 * All eigenvalues of symmetric matrices, of mixed orders in one batch. Frees every buffer it makes.
 * @param gpu undefined where there is none.
 * @throws SpectralError `invalid-input`, `solver-unavailable` or `order-too-large`; GpuError where the GPU fails.
 */
export async function symmetricEigenvalues(
  gpu: Gpu | undefined,
  matrices: readonly MatrixInput[],
  options: EigenOptions = {},
): Promise<EigenResult[]> {
  const { eigenvectors = false, solver: wanted = 'auto' } = options
  matrices.forEach(checkMatrix)
  const solvers = matrices.map(({ order }, index) => chooseSolver(gpu, wanted, order, `matrices[${index}]`))
  const forGpu = matrices.filter((_, index) => solvers[index] === 'jacobi')
  const forCpu = matrices.filter((_, index) => solvers[index] === 'reference')
  const [onGpu, onCpu] = await Promise.all([
    gpu && forGpu.length > 0 ? solveBatch(gpu, forGpu, eigenvectors) : [],
    solveFloat64(forCpu, eigenvectors),
  ])
  const solved = { jacobi: onGpu.values(), reference: onCpu.values() }
  return solvers.map((solver, index) => {
    const result = describeResult(solved[solver].next().value!, solver)
    return matrices[index]!.values.every(Number.isFinite) ? result : withoutNumbers(result)
  })
}

/** A matrix is taken as symmetric when mirrored elements differ by no more than this share of the largest. */
const ASYMMETRY = 1e-5

function checkMatrix({ values, order }: MatrixInput, index: number): void {
  const where = `matrices[${index}]`
  if (!Number.isInteger(order) || order < 1) {
    throw new SpectralError('invalid-input', `${where}.order is ${order}; it must be 1 or more.`)
  }
  if (order > LARGEST_ORDER) {
    throw new SpectralError('order-too-large', `${where}.order is ${order}; the solvers go up to ${LARGEST_ORDER}.`)
  }
  if (values.length !== order * order) {
    throw new SpectralError(
      'invalid-input',
      `${where}.values holds ${values.length} numbers; order ${order} takes all ${order * order}, row by row.`,
    )
  }
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  for (let i = 0; i < order; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(values[i * order + j]! - values[j * order + i]!) > ASYMMETRY * largest) {
        throw new SpectralError(
          'invalid-input',
          `${where} is not symmetric: element (${i}, ${j}) is ${values[i * order + j]!} and (${j}, ${i}) is ` +
            `${values[j * order + i]!}. Pass (A + Aᵀ)/2 if that is what you mean.`,
        )
      }
    }
  }
}

async function solveBatch(gpu: Gpu, matrices: readonly MatrixInput[], eigenvectors: boolean): Promise<SolvedMatrix[]> {
  const scope = new BufferScope(gpu)
  try {
    let length = 0
    const places = matrices.map(({ order }) => {
      const offset = length
      length += order * order
      return { offset, order, stride: order }
    })
    const all = new Float32Array(length)
    matrices.forEach(({ values }, index) => all.set(values, places[index]!.offset))
    const source = wholeBuffer(scope.storageWith('matrices', all))
    return await runJacobiBatch(gpu, await createJacobiBatch(gpu, scope, source, places, { eigenvectors }))
  } finally {
    scope.destroy()
  }
}

async function solveFloat64(matrices: readonly MatrixInput[], eigenvectors: boolean): Promise<SolvedMatrix[]> {
  const largest = Math.max(0, ...matrices.map(({ order }) => order))
  return withFloat64Solver(largest, async (solve) => {
    const solved = await Promise.all(
      // A copy: a solver may take over the memory it is given.
      matrices.map(({ values, order }) => solve({ values: values.slice(), order, stride: order }, eigenvectors)),
    )
    return solved.map(({ eigenvectors: columns, ...rest }) => ({
      ...rest,
      sweeps: 0,
      offDiagonalNorm: 0,
      ...(columns ? { eigenvectors: Float32Array.from(columns) } : {}),
    }))
  })
}

function describeResult(solved: SolvedMatrix, solver: SolverName): EigenResult {
  const { eigenvectors, state, sweeps } = solved
  const eigenvalues = Float32Array.from(solved.eigenvalues)
  const dead = state === 'ok' && solved.eigenvalues.every((eigenvalue) => eigenvalue === 0)
  const result: EigenResult = {
    eigenvalues,
    ...(eigenvectors ? { eigenvectors } : {}),
    state: dead ? 'dead' : state,
    solver,
    sweeps,
  }
  // Elements near the end of f32's range may have eigenvalues beyond it.
  return state !== 'non-finite' && eigenvalues.every(Number.isFinite) ? result : withoutNumbers(result)
}

/** The solvers read the lower triangle alone, so NaN and infinity in the upper one have to be told here. */
function withoutNumbers({ eigenvalues, solver, sweeps }: EigenResult): EigenResult {
  return { eigenvalues: new Float32Array(eigenvalues.length), state: 'non-finite', solver, sweeps }
}
