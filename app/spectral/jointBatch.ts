import { wholeBuffer, type BufferLedger, type BufferScope, type BufferSlice } from '../gpu/buffers'
import type { Plan } from '../gpu/plan'
import { layOutJacobiBatch, type JacobiKernel, type MatrixPlace, type SolvedMatrix } from './jacobiBatch'

/** Matrices of one owner that may be solved together with those of others. */
export interface JacobiMember {
  readonly matrices: GPUBuffer
  /** In `matrices`. */
  readonly places: readonly MatrixPlace[]
  /** Compiled for the largest of them. */
  readonly jacobi: JacobiKernel
}

/** The matrices of several members, solved in one dispatch: a workgroup each, so none changes another's bits. */
export interface JointBatch {
  readonly members: readonly JacobiMember[]
  /** Brings in the matrices as they are at that moment; to be encoded before the plan. What is gone is left out. */
  bringIn(encoder: GPUCommandEncoder): void
  readonly plan: Plan
  /** To be read after the plan, one behind another, for `decode`. */
  readonly results: readonly BufferSlice[]
  readonly resultBytes: number
  /** By member. */
  decode(bytes: ArrayBuffer): readonly (readonly SolvedMatrix[])[]
}

export function createJointBatch(
  ledger: BufferLedger,
  scope: BufferScope,
  members: readonly JacobiMember[],
): JointBatch {
  let floats = 0
  const starts = members.map(({ matrices }) => {
    const start = floats
    floats += matrices.size / 4
    return start
  })
  const matrices = scope.storage('matrices of several runs', floats * 4)
  const places = members.flatMap((member, index) =>
    member.places.map((place) => ({ ...place, offset: starts[index]! + place.offset })),
  )
  // The kernel of the largest matrix takes the smaller ones, too, and gives the same bits.
  const { jacobi } = members.toSorted((a, b) => b.jacobi.variant.cap - a.jacobi.variant.cap)[0]!
  const batch = layOutJacobiBatch(jacobi, scope, wholeBuffer(matrices), places)
  return {
    ...batch,
    members,
    bringIn(encoder) {
      members.forEach((member, index) => {
        if (!ledger.isLive(member.matrices)) return
        encoder.copyBufferToBuffer(member.matrices, 0, matrices, starts[index]! * 4, member.matrices.size)
      })
    },
    decode(bytes) {
      const solved = batch.decode(bytes, 0)
      return members.map((member) => solved.splice(0, member.places.length))
    },
  }
}
