import { BufferScope, wholeBuffer } from '../gpu/buffers'
import type { Gpu } from '../gpu/device'
import type { SolverName, SpectrumState } from '../metrics/spectrum'
import { chooseSolver, type Solver } from './chooseSolver'
import { withFloat64Solver } from './eigenWorker'
import { checkMatrices, type MatrixInput } from './inputs'
import { createJacobiBatch, runJacobiBatch, type SolvedMatrix } from './jacobiBatch'

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
  given: readonly MatrixInput[],
  options: EigenOptions = {},
): Promise<EigenResult[]> {
  const { eigenvectors = false, solver: wanted = 'auto' } = options
  const matrices = checkMatrices(given)
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
