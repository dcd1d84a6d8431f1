import type { ExperimentSpec } from '../../experiment/spec'
import { positionsOf } from '../../experiment/tensorShape'
import { BufferScope, wholeBuffer } from '../../gpu/buffers'
import type { Gpu } from '../../gpu/device'
import { encodePlan } from '../../gpu/plan'
import { readSlice } from '../../gpu/readback'
import { buildGraph } from '../buildGraph'
import { allocateForward, createForwardPass, logitsOf } from '../forwardPass'
import { hyperparametersAt } from '../hyperparameters'
import { initialValues } from '../initialisation'
import { DropoutUniform } from '../kernels/dropoutUniform'
import { CONTROL_BYTES, decodeRecord, writeHyperparameters } from '../kernels/stepControl'
import { allocateParameters } from '../network'
import { padRows, unpadRows } from '../padding'
import { packParameters, unpackParameters, type ArrayValues } from '../parameters'
import type { ReferenceSamples } from '../reference/batch'
import { ReferenceNetwork } from '../reference/network'
import { uploadSamples } from '../sampleTable'
import { createTrainingPass } from '../trainingPass'

/** Where training led. */
export interface Course {
  readonly losses: number[]
  readonly parameters: number[]
  /** Outputs for the first samples in evaluation mode, after the last step. */
  readonly evaluated: ArrayLike<number>
}

/** Samples that are evaluated. */
const EVALUATED = 5

/** @param largestBinding smaller than the adapter's to cut the samples into several chunks. */
export async function trainOnGpu(
  gpu: Gpu,
  spec: ExperimentSpec,
  samples: ReferenceSamples,
  steps: number,
  largestBinding = gpu.limits.maxStorageBufferBindingSize,
): Promise<Course> {
  const scope = new BufferScope(gpu)
  const graph = buildGraph(spec.layers, samples.shape)
  const parameters = allocateParameters(gpu, scope, graph)
  const initial = initialValues(spec.initialisation, graph, spec.seed)
  const flat = packParameters(parameters.layout, initial) as GPUAllowSharedBufferSource
  gpu.device.queue.writeBuffer(parameters.buffer, 0, flat)
  const { targetKind, trainingCount } = samples
  const uploaded = uploadSamples(scope, samples, largestBinding)
  const forward = allocateForward(scope, graph, spec.training.batchSize)
  const control = scope.storage('control', CONTROL_BYTES)
  const options = { spec, samples: uploaded, targetKind, trainingCount, parameters, forward, control }
  const buffers = allocateForward(scope, graph, EVALUATED)
  const noDropout = new DropoutUniform(gpu, scope, { seed: 0, layer: 0 }, 0).slice
  const [training, evaluation] = await Promise.all([
    createTrainingPass(gpu, scope, graph, options),
    createForwardPass(gpu, scope, graph, {
      mode: 'evaluation',
      buffers,
      parameters: parameters.nodes,
      control: wholeBuffer(control),
      dropout: graph.nodes.map(() => noDropout),
    }),
  ])
  const rows = Array.from({ length: steps }, (_, step) => hyperparametersAt(spec, {}, step))
  writeHyperparameters(gpu.device.queue, training.hyperparameters, 0, rows)
  const inputs = padRows(samples.inputs, EVALUATED, samples.features)
  gpu.device.queue.writeBuffer(buffers.input.buffer, 0, inputs as GPUAllowSharedBufferSource)
  const encoder = gpu.device.createCommandEncoder()
  for (let step = 0; step < steps; step++) {
    const pass = encoder.beginComputePass()
    encodePlan(pass, training.plan)
    pass.end()
  }
  const pass = encoder.beginComputePass()
  encodePlan(pass, evaluation.plan)
  pass.end()
  gpu.device.queue.submit([encoder.finish()])
  const records = await readSlice(gpu, wholeBuffer(training.records))
  const trained = new Float32Array(await readSlice(gpu, wholeBuffer(parameters.buffer)))
  const logits = new Float32Array(await readSlice(gpu, logitsOf(buffers)))
  scope.destroy()
  const { shape } = graph.tensors[graph.output]!
  return {
    losses: rows.map((_, step) => decodeRecord(records, step).loss),
    parameters: flatten(unpackParameters(parameters.layout, trained)),
    evaluated: unpadRows(logits, EVALUATED * positionsOf(shape), shape.channels),
  }
}

export function trainReference(spec: ExperimentSpec, samples: ReferenceSamples, steps: number): Course {
  const network = new ReferenceNetwork(spec, samples)
  const losses = Array.from({ length: steps }, () => network.step().loss)
  const inputs = samples.inputs.subarray(0, EVALUATED * samples.features)
  const evaluated = network.forward(inputs, EVALUATED).at(-1)!.preactivation.values
  return { losses, parameters: flatten(network.read()), evaluated }
}

function flatten(arrays: ArrayValues): number[] {
  return arrays.flatMap((values) => [...values])
}
