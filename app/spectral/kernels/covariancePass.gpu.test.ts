import { afterAll, beforeAll, expect, test } from 'vitest'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { packUniform } from '../../gpu/kernel'
import { submitPlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { chunkMeans as meansTwin } from '../reference/chunkMeans'
import { chunkScatters as scattersTwin } from '../reference/chunkScatters'
import { mergeChunks as mergeTwin, noMoments } from '../reference/mergeChunks'
import { correlatedActivations, padToQuads } from '../testing/activations'
import { chunkMeans, chunkMeansDispatch } from './chunkMeans'
import { chunkScatters, chunkScattersDispatch, scatterConstants } from './chunkScatters'
import {
  PASS_FIELDS,
  chunkCount,
  momentsLength,
  quadCount,
  type CovariancePass,
  type PassShape,
} from './covariancePass'
import { mergeChunks, mergeChunksDispatch } from './mergeChunks'
import { resetMoments, resetMomentsDispatch } from './resetMoments'

let gpu: Gpu
let scope: BufferScope

beforeAll(async () => {
  gpu = await openGpu()
  scope = new BufferScope(gpu)
})
afterAll(() => {
  scope.destroy()
  gpu.close()
})

const CASES = [
  { width: 1, rows: 1, chunkRows: 64 },
  { width: 3, rows: 15, chunkRows: 4 },
  { width: 16, rows: 17, chunkRows: 16 },
  { width: 17, rows: 65, chunkRows: 64 },
  { width: 65, rows: 40, chunkRows: 19 },
  { width: 70, rows: 33, chunkRows: 512 },
]

/** Two passes over the same rows: the first finds an empty window, the second a running one. */
function passShapes({ width, rows, chunkRows }: (typeof CASES)[number]): PassShape[] {
  const half = Math.ceil(rows / 2)
  const shapes = [{ width, chunkRows, firstRow: 0, endRow: half }]
  return half < rows ? [...shapes, { width, chunkRows, firstRow: half, endRow: rows }] : shapes
}

function createPass(values: Float32Array, rows: number, shapes: readonly PassShape[]): CovariancePass[] {
  const { width } = shapes[0]!
  const quads = quadCount(width)
  const chunks = Math.max(...shapes.map(chunkCount))
  const buffers = {
    source: wholeBuffer(scope.storageWith('source', padToQuads(values, rows, width))),
    moments: wholeBuffer(scope.storage('moments', momentsLength(width) * 4)),
    scatter: wholeBuffer(scope.storage('scatter', width * quads * 16)),
    chunkMeans: wholeBuffer(scope.storage('chunk means', chunks * quads * 16)),
    chunkScatters: wholeBuffer(scope.storage('chunk scatters', chunks * 4 * quads * quads * 16)),
  }
  return shapes.map((shape) => {
    const { firstRow, endRow, chunkRows } = shape
    const fields = { first_row: firstRow, end_row: endRow, chunk_rows: chunkRows, quads, width }
    return { ...buffers, shape, params: wholeBuffer(scope.uniform('pass', packUniform(PASS_FIELDS, fields))) }
  })
}

async function readFloats(slice: CovariancePass['source']): Promise<Float32Array> {
  return new Float32Array(await readSlice(gpu, slice))
}

/** Compares the lower triangle of the first `width` rows and columns. */
function expectTriangle(actual: Float32Array, expected: Float64Array, width: number, stride: number): void {
  let scale = 0
  for (let i = 0; i < width; i++) scale = Math.max(scale, expected[i * stride + i]!)
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      const at = i * stride + j
      expect(Math.abs(actual[at]! - expected[at]!)).toBeLessThanOrEqual(1e-6 * scale)
    }
  }
}

test.each(['direct', 'tiled'] as const)(
  'each kernel of a pass equals its float64 twin, %s scatters',
  async (variant) => {
    const means = await gpu.pipelines.compile(chunkMeans, {})
    const scatters = await gpu.pipelines.compile(chunkScatters, scatterConstants(variant))
    const merge = await gpu.pipelines.compile(mergeChunks, {})
    for (const sizes of CASES) {
      const { width, rows } = sizes
      const stride = 4 * quadCount(width)
      const values = correlatedActivations(rows, width, 10, width)
      const padded = padToQuads(values, rows, width)
      const pivot = padded.subarray(0, stride)
      const moments = noMoments(stride)
      for (const pass of createPass(values, rows, passShapes(sizes))) {
        const { shape } = pass
        submitPlan(gpu.device, [
          chunkMeansDispatch(means, pass),
          chunkScattersDispatch(scatters, variant, pass),
          mergeChunksDispatch(merge, pass),
        ])
        const expectedMeans = meansTwin(padded, pivot, shape)
        const expectedScatters = scattersTwin(padded, pivot, expectedMeans, shape)
        mergeTwin(moments, expectedMeans, expectedScatters, shape)

        const actualMeans = await readFloats(pass.chunkMeans)
        const actualScatters = await readFloats(pass.chunkScatters)
        expectedMeans.forEach((mean, chunk) => {
          mean.forEach((value, column) =>
            expect(Math.abs(actualMeans[chunk * stride + column]! - value)).toBeLessThanOrEqual(1e-6 * 10),
          )
          const chunkScatter = actualScatters.subarray(chunk * stride * stride)
          // A chunk of one row scatters by nothing but the rounding of its own mean.
          if (shape.chunkRows > 1) expectTriangle(chunkScatter, expectedScatters[chunk]!, width, stride)
        })
        expectTriangle(await readFloats(pass.scatter), moments.scatter, width, stride)
        const state = await readFloats(pass.moments)
        expect(state[0]).toBe(moments.count)
        expect(state.subarray(8, 8 + stride)).toEqual(pivot)
        moments.mean.forEach((value, column) => {
          expect(Math.abs(state[8 + stride + column]! - value)).toBeLessThanOrEqual(1e-6 * 10)
        })
      }
    }
  },
)

test('a reset leaves no count behind in any output', async () => {
  const kernel = await gpu.pipelines.compile(resetMoments, {})
  const moments = scope.storageWith('moments', new Float32Array(4 * 77).fill(3))
  submitPlan(gpu.device, [resetMomentsDispatch(kernel, scope, moments)])
  expect(await readFloats(wholeBuffer(moments))).toEqual(new Float32Array(4 * 77))
})
