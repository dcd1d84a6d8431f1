import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OptimizerSpec } from '../../experiment/spec'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import { openGpu, type Gpu } from '../../gpu/device'
import { submitPlan } from '../../gpu/plan'
import type { Hyperparameters } from '../hyperparameters'
import { updateParameters } from '../reference/optimizer'
import { readFloats, relativeError, testValues } from './kernelTesting'
import { optimizer, optimizerConstants, optimizerDispatch, optimizerMoments } from './optimizer'

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

const common = { learningRate: 0.01, weightDecay: 0.02 }
const OPTIMIZERS: OptimizerSpec[] = [
  { kind: 'sgd', ...common },
  { kind: 'momentum', momentum: 0.9, ...common },
  { kind: 'nesterov', momentum: 0.9, ...common },
  { kind: 'rmsprop', decay: 0.99, epsilon: 1e-8, ...common },
  { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...common },
  { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...common },
]

function hyperparameters(spec: OptimizerSpec, update: number): Hyperparameters {
  const adam = spec.kind === 'adam' || spec.kind === 'adamw'
  return {
    learningRate: common.learningRate / update,
    weightDecay: common.weightDecay,
    clipNorm: 0,
    biasCorrection1: adam ? 1 / (1 - spec.beta1 ** update) : 1,
    biasCorrection2: adam ? 1 / Math.sqrt(1 - spec.beta2 ** update) : 1,
  }
}

/** `Control` as step_control publishes it. */
function packControl(values: Hyperparameters, scale: number, apply = 1): Uint32Array {
  const words = new Uint32Array(12)
  words[4] = apply
  const { learningRate, weightDecay, biasCorrection1, biasCorrection2 } = values
  new Float32Array(words.buffer).set([scale, learningRate, weightDecay, biasCorrection1, biasCorrection2], 5)
  return words
}

function makeBuffers(parameters: Float32Array) {
  const length = parameters.length
  return {
    control: wholeBuffer(scope.storage('control', 48)),
    gradients: wholeBuffer(scope.storage('gradients', length * 4)),
    parameters: wholeBuffer(scope.storageWith('parameters', parameters)),
    firstMoment: wholeBuffer(scope.storage('first moment', length * 4)),
    secondMoment: wholeBuffer(scope.storage('second moment', length * 4)),
  }
}

async function compile(spec: OptimizerSpec) {
  return gpu.pipelines.compile(optimizer, optimizerConstants(spec.kind))
}

test('twelve updates of each optimizer follow the float64 twin', async () => {
  for (const spec of OPTIMIZERS) {
    for (const length of [4, 1020, 1028, 5000]) {
      const initial = testValues(length, 3)
      const buffers = makeBuffers(initial)
      const dispatch = optimizerDispatch(await compile(spec), scope, spec, length, buffers)
      const twin = {
        parameters: Float64Array.from(initial),
        firstMoment: new Float64Array(length),
        secondMoment: new Float64Array(length),
      }
      for (let update = 1; update <= 12; update++) {
        const gradients = testValues(length, 10 + update, 10 ** (update % 3))
        const values = hyperparameters(spec, update)
        gpu.device.queue.writeBuffer(buffers.gradients.buffer, 0, gradients as GPUAllowSharedBufferSource)
        gpu.device.queue.writeBuffer(buffers.control.buffer, 0, packControl(values, 0.75) as GPUAllowSharedBufferSource)
        submitPlan(gpu.device, [dispatch])
        updateParameters(spec, twin, Float64Array.from(gradients), 0.75, values)
      }
      const parameters = await readFloats(gpu, buffers.parameters.buffer)
      const moved = (values: ArrayLike<number>) => Array.from(values, (value, at) => value - initial[at]!)
      expect(relativeError(parameters, twin.parameters), `${spec.kind} ${length}`).toBeLessThan(5e-7)
      expect(relativeError(moved(parameters), moved(twin.parameters)), `${spec.kind} ${length}`).toBeLessThan(5e-6)
      const keeps = optimizerMoments(spec.kind)
      const first = await readFloats(gpu, buffers.firstMoment.buffer)
      const second = await readFloats(gpu, buffers.secondMoment.buffer)
      expect(relativeError(first, keeps.first ? twin.firstMoment : new Float32Array(length))).toBeLessThan(5e-6)
      expect(relativeError(second, keeps.second ? twin.secondMoment : new Float32Array(length))).toBeLessThan(5e-6)
    }
  }
})

test('parameters that are 0 and have no gradient stay exactly 0', async () => {
  for (const spec of OPTIMIZERS) {
    const buffers = makeBuffers(new Float32Array(8))
    const dispatch = optimizerDispatch(await compile(spec), scope, spec, 8, buffers)
    for (let update = 1; update <= 3; update++) {
      gpu.device.queue.writeBuffer(
        buffers.control.buffer,
        0,
        packControl(hyperparameters(spec, update), 1) as GPUAllowSharedBufferSource,
      )
      submitPlan(gpu.device, [dispatch])
    }
    expect(await readFloats(gpu, buffers.parameters.buffer), spec.kind).toEqual(new Float32Array(8))
  }
})

test('gradients too small to be squared in f32 leave parameters finite', async () => {
  for (const spec of OPTIMIZERS) {
    const buffers = makeBuffers(testValues(8, 1))
    gpu.device.queue.writeBuffer(
      buffers.gradients.buffer,
      0,
      Float32Array.of(1e-38, -1e-38, 1e-30, 1e-45, 1e-20, 0, -1e-25, 1e-15),
    )
    const control = packControl({ ...hyperparameters(spec, 1), weightDecay: 0 }, 1)
    gpu.device.queue.writeBuffer(buffers.control.buffer, 0, control as GPUAllowSharedBufferSource)
    submitPlan(gpu.device, [optimizerDispatch(await compile(spec), scope, spec, 8, buffers)])
    const parameters = await readFloats(gpu, buffers.parameters.buffer)
    expect(relativeError(parameters, testValues(8, 1)), spec.kind).toBeLessThan(0.03)
  }
})

test('an update that would overflow stops at the end of the range', async () => {
  const [spec] = OPTIMIZERS
  const buffers = makeBuffers(Float32Array.of(1, -1, 0, 0))
  gpu.device.queue.writeBuffer(buffers.gradients.buffer, 0, Float32Array.of(-1e18, 1e18, 0, 1))
  const values = { ...hyperparameters(spec!, 1), learningRate: 1e25, weightDecay: 0 }
  gpu.device.queue.writeBuffer(buffers.control.buffer, 0, packControl(values, 1) as GPUAllowSharedBufferSource)
  submitPlan(gpu.device, [optimizerDispatch(await compile(spec!), scope, spec!, 4, buffers)])
  const largest = Math.fround(3.4028234e38)
  expect(await readFloats(gpu, buffers.parameters.buffer)).toEqual(Float32Array.of(largest, -largest, 0, -1e25))
})
