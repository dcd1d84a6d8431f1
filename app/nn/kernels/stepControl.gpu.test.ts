import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OptimizerSpec } from '../../experiment/spec'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan, type Plan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import type { Hyperparameters } from '../hyperparameters'
import { decideStep, type ReferenceControl } from '../reference/stepControl'
import { gradientNorm, gradientNormDispatch, gradientPartialCount } from './gradientNorm'
import { readFloats, readWords, testValues } from './kernelTesting'
import { optimizer, optimizerConstants, optimizerDispatch } from './optimizer'
import { reductionConstants, type ReducingAdapter } from './reductionLanes'
import {
  decodeControl,
  decodeRecord,
  RECORD_BYTES,
  RING_STEPS,
  stepControl,
  stepControlDispatch,
  TABLE_ROW_BYTES,
  TABLE_STEPS,
  writeHyperparameters,
} from './stepControl'

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

const ADAM: OptimizerSpec = { kind: 'adam', learningRate: 1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, weightDecay: 0 }
const LENGTH = 5000
const SIZES = { batchSize: 7, trainingCount: 5 }
/** More than a software adapter has lanes. */
const PARTIALS = 7
const ADAPTERS: ReducingAdapter[] = [{ software: false }, { software: true }]

function rowOf(step: number, clipNorm = 0): Hyperparameters {
  return {
    learningRate: 0.25 + step,
    weightDecay: step / 8,
    clipNorm,
    biasCorrection1: step + 3,
    biasCorrection2: 2 * step,
  }
}

/** The end of a step: gradient norm, control, optimizer. Loss partials and gradients are put in by the test. */
async function makeStep(adapter: ReducingAdapter, start: ReferenceControl) {
  const [norm, control, update] = await Promise.all([
    gpu.pipelines.compile(gradientNorm, reductionConstants(adapter)),
    gpu.pipelines.compile(stepControl, reductionConstants(adapter)),
    gpu.pipelines.compile(optimizer, optimizerConstants(ADAM.kind)),
  ])
  const state = Uint32Array.of(start.step, start.epoch, start.epochOffset, start.latchStep, 0, 0, 0, 0, 0, 0, 0, 0)
  const buffers = {
    lossPartials: wholeBuffer(scope.storage('loss partials', PARTIALS * 16)),
    gradientPartials: wholeBuffer(scope.storage('gradient partials', gradientPartialCount(LENGTH) * 8)),
    hyperparameters: wholeBuffer(scope.storage('table', TABLE_STEPS * TABLE_ROW_BYTES)),
    records: wholeBuffer(scope.storage('records', RING_STEPS * RECORD_BYTES)),
    control: wholeBuffer(scope.storageWith('control', state)),
    gradients: wholeBuffer(scope.storage('gradients', LENGTH * 4)),
    parameters: wholeBuffer(scope.storageWith('parameters', testValues(LENGTH, 1))),
    firstMoment: wholeBuffer(scope.storageWith('first moment', testValues(LENGTH, 2))),
    secondMoment: wholeBuffer(scope.storageWith('second moment', testValues(LENGTH, 3).map(Math.abs))),
  }
  const { gradients, parameters, gradientPartials, lossPartials, hyperparameters, records } = buffers
  const sizes = { lossPartials: PARTIALS, gradientPartials: gradientPartialCount(LENGTH), ...SIZES }
  const layout = { length: LENGTH, weightLength: 4000 }
  const controlBuffers = { lossPartials, gradientPartials, hyperparameters, records, control: buffers.control }
  const plan: Plan = [
    gradientNormDispatch(norm, scope, layout, { l1: 0, l2: 0 }, { parameters, gradients, gradientPartials }),
    stepControlDispatch(control, scope, sizes, controlBuffers),
    optimizerDispatch(update, scope, ADAM, LENGTH, buffers),
  ]
  return { buffers, plan }
}

type Step = Awaited<ReturnType<typeof makeStep>>

function putLoss({ buffers }: Step, losses: number[], correct: number[], nonfinite: number[]): void {
  const words = new Uint32Array(PARTIALS * 4)
  const floats = new Float32Array(words.buffer)
  for (let index = 0; index < PARTIALS; index++) {
    floats[index * 4] = losses[index] ?? 0
    words[index * 4 + 1] = correct[index] ?? 0
    words[index * 4 + 2] = nonfinite[index] ?? 0
  }
  gpu.device.queue.writeBuffer(buffers.lossPartials.buffer, 0, words)
}

function putGradients({ buffers }: Step, gradients: Float32Array): void {
  gpu.device.queue.writeBuffer(buffers.gradients.buffer, 0, gradients as GPUAllowSharedBufferSource)
}

async function readControl({ buffers }: Step) {
  return decodeControl(await readSlice(gpu, buffers.control))
}

/** Bits of everything an update may change. */
async function readState({ buffers }: Step): Promise<Uint32Array[]> {
  const { parameters, firstMoment, secondMoment } = buffers
  return Promise.all([parameters, firstMoment, secondMoment].map((slice) => readWords(gpu, slice.buffer)))
}

test.each(ADAPTERS)(
  'step, epoch, record and published values follow the twin past the ends of table and ring (%o)',
  async (adapter) => {
    const start = { step: TABLE_STEPS - 2, epoch: 3, epochOffset: 4, latchStep: 0 }
    const step = await makeStep(adapter, start)
    const twin: ReferenceControl = { ...start }
    const rows = [0, 1, 2, 3].map((index) => rowOf(start.step + index, index % 2 === 0 ? 2 : 0))
    writeHyperparameters(gpu.device.queue, step.buffers.hyperparameters.buffer, start.step, rows)
    for (const [index, values] of rows.entries()) {
      const gradients = testValues(LENGTH, index + 1, 0.1 * 10 ** index)
      const squares = gradients.reduce((sum, g) => sum + g * g, 0)
      putLoss(step, [1.5, 2, 0, 0, index], [1, 0, 0, 3], [])
      putGradients(step, gradients)
      submitPlan(gpu.device, step.plan)
      const scale = decideStep(twin, (3.5 + index) / 7, squares, values, SIZES)
      expect(await readControl(step)).toEqual(twin)
      const published = (await readFloats(gpu, step.buffers.control.buffer)).subarray(5, 10)
      const { learningRate, weightDecay, biasCorrection1, biasCorrection2 } = values
      const expected = [scale!, learningRate, weightDecay, biasCorrection1, biasCorrection2]
      published.forEach((value, at) => expect(Math.abs(value / expected[at]! - 1), `${index} ${at}`).toBeLessThan(5e-6))
      const record = decodeRecord(await readSlice(gpu, step.buffers.records), (start.step + index) % RING_STEPS)
      expect(record.outcome).toBe('applied')
      expect(record.loss).toBeCloseTo((3.5 + index) / 7, 6)
      expect(record.correctShare).toBeCloseTo(4 / 7, 6)
      expect(Math.abs(record.gradientNorm / Math.sqrt(squares) - 1)).toBeLessThan(5e-6)
    }
    expect(twin).toEqual({ step: TABLE_STEPS + 2, epoch: 3 + Math.floor(32 / 5), epochOffset: 32 % 5, latchStep: 0 })
  },
)

const FAULTS: { name: string; loss?: number; flag?: number; gradient?: number }[] = [
  { name: 'a NaN loss', loss: Number.NaN },
  { name: 'an infinite loss', loss: Number.POSITIVE_INFINITY },
  { name: 'an output that is not finite', flag: 1 },
  { name: 'a NaN gradient', gradient: Number.NaN },
  { name: 'an infinite gradient', gradient: Number.NEGATIVE_INFINITY },
  { name: 'a gradient whose norm overflows', gradient: 3e38 },
]

test.each(ADAPTERS)(
  'a step that is not finite changes no bit of the state, latches its number, and so do all steps after it (%o)',
  async (adapter) => {
    for (const fault of FAULTS) {
      const step = await makeStep(adapter, { step: 0, epoch: 0, epochOffset: 0, latchStep: 0 })
      const rows = [0, 1, 2, 3].map((index) => rowOf(index))
      writeHyperparameters(gpu.device.queue, step.buffers.hyperparameters.buffer, 0, rows)
      putLoss(step, [1, 1, 1], [1, 1, 1], [])
      putGradients(step, testValues(LENGTH, 5))
      const initial = await readState(step)
      submitPlan(gpu.device, step.plan)
      const before = await readState(step)
      before.forEach((bits, index) => expect(bits).not.toEqual(initial[index]))

      const gradients = testValues(LENGTH, 6)
      if (fault.gradient !== undefined) gradients[4321] = fault.gradient
      putGradients(step, gradients)
      putLoss(step, [1, 1, 1, 0, 0, fault.loss ?? 0], [1, 1, 1], [0, 0, 0, 0, 0, fault.flag ?? 0])
      submitPlan(gpu.device, step.plan)
      expect(await readState(step), fault.name).toEqual(before)
      expect(await readControl(step), fault.name).toEqual({ step: 1, epoch: 1, epochOffset: 2, latchStep: 2 })
      const record = decodeRecord(await readSlice(gpu, step.buffers.records), 1)
      expect(record.outcome, fault.name).toBe('refused')
      if (fault.gradient === undefined) expect(record.loss).toBeNaN()
      else expect([record.loss, record.gradientNorm]).toEqual([Math.fround(3 / 7), Number.NaN])

      // A later step that would be fine by itself is refused as well, and leaves the record of the fault.
      putGradients(step, testValues(LENGTH, 7))
      putLoss(step, [1, 1, 1], [1, 1, 1], [])
      submitPlan(gpu.device, step.plan)
      expect(await readState(step), fault.name).toEqual(before)
      expect((await readControl(step)).latchStep, fault.name).toBe(2)
      expect(decodeRecord(await readSlice(gpu, step.buffers.records), 1)).toEqual(record)
    }
  },
)
