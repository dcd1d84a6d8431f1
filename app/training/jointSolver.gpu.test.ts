import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { BufferScope } from '../gpu/buffers'
import { openGpu } from '../gpu/device'
import { compileJacobi } from '../spectral/jacobiBatch'
import type { JacobiMember } from '../spectral/jointBatch'
import { createGpuEngine, type GpuEngine } from './engine'
import { columnOf, flatten, open, specOf } from './testing/smallRuns'

let engine: GpuEngine

beforeAll(async () => {
  engine = createGpuEngine(await openGpu())
})
afterEach(() => void vi.restoreAllMocks())
afterAll(() => engine.close())

/** Matrices I·i + 1·1ᵀ, whose eigenvalues are i, …, i and i + order. */
async function createMember(scope: BufferScope, orders: readonly number[], first: number): Promise<JacobiMember> {
  const places = orders.map((order, index) => ({ offset: index * 256, order, stride: order }))
  const matrices = scope.storage('matrices', orders.length * 1_024)
  const member = { matrices, places, jacobi: await compileJacobi(engine.gpu, places) }
  fill(member, first)
  return member
}

function fill({ matrices, places }: JacobiMember, first: number): void {
  const values = new Float32Array(matrices.size / 4)
  places.forEach(({ offset, order }, index) => {
    for (let at = 0; at < order * order; at++) {
      values[offset + at] = 1 + (at % (order + 1) === 0 ? first + index : 0)
    }
  })
  engine.gpu.device.queue.writeBuffer(matrices, 0, values)
}

/** The largest eigenvalue of each matrix, which tells it apart. */
const LARGEST = (first: number, orders: readonly number[]) => orders.map((order, index) => first + index + order)

function watchSolver() {
  const pipelines = vi.spyOn(GPUComputePassEncoder.prototype, 'setPipeline')
  return () => pipelines.mock.calls.filter(([{ label }]) => label === 'spectral/packed_jacobi').length
}

async function largest(solved: ReturnType<GpuEngine['jointSolver']['solve']>): Promise<number[]> {
  return (await solved).map(({ eigenvalues }) => Math.round(eigenvalues[0]!))
}

describe('what is asked for in one turn', () => {
  test('is solved in one dispatch, and paid for by each in its share', async () => {
    const { jointSolver, queue } = engine
    const scope = new BufferScope(engine.gpu)
    const orders = [[3, 8], [16], [5, 1, 2]]
    const members = await Promise.all(orders.map((list, index) => createMember(scope, list, 10 * index)))
    const payers = members.map(() => ({}))
    const solverRuns = watchSolver()
    await jointSolver.solve(members[0]!, {})
    const runsOfOne = solverRuns()
    expect(runsOfOne).toBeGreaterThan(0)
    const together = members.map((member, index) => largest(jointSolver.solve(member, payers[index]!)))
    expect(await Promise.all(together)).toEqual(orders.map((list, index) => LARGEST(10 * index, list)))
    expect(solverRuns()).toBe(2 * runsOfOne)
    const [first, second] = payers.map((payer) => queue.spentOn(payer).measuring)
    if (second! > 0) expect(first! / second!).toBeCloseTo((3 ** 3 + 8 ** 3) / 16 ** 3, 6)
    for (const member of members) jointSolver.leave(member)
    scope.destroy()
  })

  test('is solved as it was before it is written again', async () => {
    const { jointSolver } = engine
    const scope = new BufferScope(engine.gpu)
    const member = await createMember(scope, [4], 1)
    const early = jointSolver.solve(member, {})
    jointSolver.flush(member)
    await engine.queue.drain({})
    fill(member, 50)
    const late = [jointSolver.solve(member, {}), jointSolver.solve(member, {})]
    expect(await largest(early)).toEqual(LARGEST(1, [4]))
    expect(await Promise.all(late.map(largest))).toEqual([LARGEST(50, [4]), LARGEST(50, [4])])
    jointSolver.leave(member)
    scope.destroy()
  })

  test('by someone who leaves rejects, without harm to the others, and leaves no buffer behind', async () => {
    const { jointSolver, gpu, queue } = engine
    const complaints: string[] = []
    engine.onFault(({ message }) => complaints.push(message))
    const before = gpu.ledger.total()
    const scopes = Array.from({ length: 3 }, () => new BufferScope(gpu))
    const members = await Promise.all(scopes.map((scope, index) => createMember(scope, [6], 10 * index)))
    const leave = (index: number): void => {
      scopes[index]!.destroy()
      jointSolver.leave(members[index]!)
    }
    const expected = (index: number) => LARGEST(10 * index, [6])

    const inTurn = members.map((member) => jointSolver.solve(member, {}))
    leave(0)
    await expect(inTurn[0]).rejects.toThrow('the session was ended')
    expect(await largest(inTurn[1]!)).toEqual(expected(1))

    const underWay = members.slice(1).map((member) => jointSolver.solve(member, {}))
    await Promise.resolve()
    leave(1)
    expect(await largest(underWay[1]!)).toEqual(expected(2))
    await Promise.allSettled(underWay)
    expect(await largest(jointSolver.solve(members[2]!, {}))).toEqual(expected(2))

    const last = jointSolver.solve(members[2]!, {})
    await Promise.resolve()
    leave(2)
    await Promise.allSettled([last])
    await queue.drain({})
    expect(complaints).toEqual([])
    expect(gpu.ledger.total()).toEqual(before)
  })
})

test('runs side by side measure in one dispatch what each measures alone, bit for bit, also when one ends', async () => {
  const forced = createGpuEngine(await openGpu(), 'jacobi')
  const specs = [
    specOf({}),
    specOf({ layers: [{ units: 30, activation: 'relu' }, { units: 3 }] }),
    specOf({ seed: 12, layers: [{ units: 5, activation: 'gelu' }, { units: 12, activation: 'tanh' }, { units: 3 }] }),
  ]
  const course = async (index: number) => {
    const session = await open(forced, specs[index]!)
    const columns = []
    for (let column = 0; column < 3; column++) {
      await session.advance(4)
      columns.push(await columnOf(session))
    }
    const weights = flatten(await session.read())
    session.destroy()
    return { columns, weights }
  }
  const solverRuns = watchSolver()
  const alone = [await course(0)]
  const runsOfOne = solverRuns() / 3
  alone.push(await course(1), await course(2))
  const before = forced.gpu.ledger.total()

  const sessions = await Promise.all(specs.map((spec) => open(forced, spec)))
  for (let column = 0; column < 3; column++) {
    const running = column < 2 ? sessions : sessions.slice(0, 2)
    await Promise.all(running.map((session) => session.advance(4)))
    const runsBefore = solverRuns()
    const columns = await Promise.all(running.map(columnOf))
    expect(solverRuns() - runsBefore).toBe(runsOfOne)
    columns.forEach((measured, index) => expect(measured).toEqual(alone[index]!.columns[column]))
    if (column === 1) {
      const abandoned = sessions[2]!.measure()
      sessions[2]!.destroy()
      await expect(abandoned).rejects.toThrow()
    }
  }
  for (const [index, session] of sessions.slice(0, 2).entries()) {
    expect(flatten(await session.read())).toEqual(alone[index]!.weights)
    session.destroy()
  }
  expect(forced.gpu.ledger.total()).toEqual(before)
  forced.close()
})

test('windows that follow each other within one turn are solved each as it ended', async () => {
  const forced = createGpuEngine(await openGpu(), 'jacobi')
  const spec = specOf({ monitor: { source: 'train', samples: 30, cadence: 10 } })
  const [calm, hasty] = [await open(forced, spec), await open(forced, spec)]
  const expected = []
  for (let window = 0; window < 3; window++) {
    const column = calm.measure()
    await calm.advance(calm.windowSteps)
    expected.push(await column)
  }
  const columns = expected.map(() => {
    const column = hasty.measure()
    void hasty.advance(hasty.windowSteps)
    return column
  })
  expect(await Promise.all(columns)).toEqual(expected)
  calm.destroy()
  hasty.destroy()
  forced.close()
})
