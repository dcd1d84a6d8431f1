import { positionsOf } from '../../experiment/tensorShape'
import { wholeBuffer, type BufferScope } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import type { Activation } from '../../experiment/spec'
import type { Dropout } from '../reference/dropout'
import { layerOutput } from '../reference/layerOutput'
import { createMatrix, type Matrix } from '../reference/matrix'
import { NO_DROPOUT, poisoned, randomMatrix, uploadControl, uploadMatrix, uploadVector } from './denseTesting'
import { DropoutUniform } from './dropoutUniform'
import { testValues } from './kernelTesting'
import type { OutputForm } from './layerOutput'
import type { TensorBatch } from './tensorBatch'
import { randomTensor, tensorRows, type Comparison } from './tensorTesting'

/** Helpers of the tests of normalisations. */

/** A normalisation and what follows it. */
export interface NormalisationCase {
  readonly batch: TensorBatch
  readonly input: Matrix
  readonly scale: Float64Array
  readonly shift: Float64Array
  /** Undefined: z only. */
  readonly activation: Activation | undefined
  readonly dropout: Dropout
  readonly residual?: Matrix | undefined
}

export function randomCase(batch: TensorBatch, activation: Activation | undefined = 'sigmoid'): NormalisationCase {
  const { channels } = batch.input
  return {
    batch,
    input: randomTensor(batch.rows, batch.input, 1),
    scale: randomMatrix(1, channels, 12).values,
    shift: randomMatrix(1, channels, 13).values,
    activation,
    dropout: NO_DROPOUT,
  }
}

/** Everything that may follow a normalisation. */
export function fullCase(batch: TensorBatch): NormalisationCase {
  return {
    ...randomCase(batch, 'tanh'),
    dropout: { rate: 0.3, seed: 3, layer: 2, step: 9, rowsPerMask: positionsOf(batch.input) },
    residual: randomTensor(batch.rows, batch.input, 14),
  }
}

/** Numbers whose mean lies 300 deviations from 0, exact in f32. */
export function distantTensor({ rows, input }: TensorBatch): Matrix {
  const positions = tensorRows(rows, input)
  const values = testValues(positions * input.channels, 6)
  return createMatrix(
    positions,
    input.channels,
    Float64Array.from(values, (x) => Math.fround(300 + Math.sqrt(3) * x)),
  )
}

export function outputFormOf({ activation, residual }: NormalisationCase): OutputForm {
  return { activation, addsResidual: residual !== undefined }
}

/** Uploads what the forward halves of both normalisations read, and names z and a as results. */
export function uploadCase(gpu: Gpu, scope: BufferScope, subject: NormalisationCase, own: Matrix) {
  const { input, scale, shift, activation, dropout, residual } = subject
  const expected = layerOutput(own, { activation: activation ?? 'linear', dropout, residual })
  const z = poisoned(scope, input.rows, input.columns)
  const a = poisoned(scope, input.rows, input.columns)
  const results: Comparison[] = [
    { slice: z, expected: expected.preactivation },
    ...(activation ? [{ slice: a, expected: expected.activation }] : []),
  ]
  const buffers = {
    input: uploadMatrix(scope, input),
    scale: uploadVector(scope, scale),
    shift: uploadVector(scope, shift),
    preactivation: z,
    activation: activation && a,
    residual: residual && uploadMatrix(scope, residual),
    control: uploadControl(scope, dropout.step),
    dropout: new DropoutUniform(gpu, scope, dropout, dropout.rate).slice,
  }
  return { buffers, results }
}

/** Scratch full of numbers that no kernel may take for its own. */
export function poisonedScratch(scope: BufferScope, bytes: number) {
  return wholeBuffer(scope.storageWith('scratch', new Float32Array(bytes / 4).fill(-12345.5)))
}

/** Rows of both, one below the other. */
export function stack(...rows: readonly ArrayLike<number>[]): Matrix {
  return createMatrix(rows.length, rows[0]!.length, Float64Array.from(rows.flatMap((row) => Array.from(row))))
}

/** [1, 2·rows]: a pair for each row, one behind the other. */
export function interleave(first: Float64Array, second: Float64Array): Matrix {
  return createMatrix(
    1,
    2 * first.length,
    Float64Array.from({ length: 2 * first.length }, (_, at) => {
      const row = Math.floor(at / 2)
      return (at % 2 === 0 ? first : second)[row]!
    }),
  )
}
