import type { ExperimentSpec, LiveSettings } from '../../experiment/spec'
import { buildGraph } from '../buildGraph'
import type { Graph } from '../graph'
import { hyperparametersAt, type Hyperparameters } from '../hyperparameters'
import { initialValues } from '../initialisation'
import type { ArrayValues } from '../parameters'
import { epochPlaceAt, type RunStart } from '../runStart'
import { updateRunningStatistics } from './batchNorm'
import { createBatch, gatherSamples, gatherTraining, type Batch, type ReferenceSamples } from './batch'
import {
  copyFlatParameters,
  createFlatParameters,
  readArrays,
  viewOf,
  writeArrays,
  type FlatParameters,
} from './flatParameters'
import { penalisedSquares } from './gradientNorm'
import { computeLoss } from './loss'
import type { LossSums } from './lossTargets'
import { createMatrix, type Matrix } from './matrix'
import { locateNonFinite, type NonFinitePlace } from './nonFinite'
import { updateParameters } from './optimizer'
import { runBackward, runForward, type NodeOutputs, type PassMode } from './passes'
import { positionsOf } from '../../experiment/tensorShape'
import { decideStep, fitsSinglePrecision, type ReferenceControl } from './stepControl'

export type ReferenceSpec = Pick<
  ExperimentSpec,
  'seed' | 'layers' | 'initialisation' | 'loss' | 'optimizer' | 'schedule' | 'training'
>

/** What one step did. */
export interface ReferenceRecord {
  /** Mean over the batch, before the update, without penalties. */
  readonly loss: number
  /** Share of the batch classified correctly; 0 where nothing is classified. */
  readonly correctShare: number
  /** Of the whole gradient with penalties, before clipping. */
  readonly gradientNorm: number
  readonly outcome: 'applied' | 'refused'
}

/**
 * A network trained in float64 with the twins of the kernels, step by step as the GPU does it: the oracle of its
 * tests, and what a browser without WebGPU trains with.
 */
export class ReferenceNetwork {
  readonly graph: Graph
  readonly #spec: ReferenceSpec
  readonly #samples: ReferenceSamples
  readonly #parameters: FlatParameters
  readonly #gradients: FlatParameters
  readonly #firstMoment: Float64Array
  readonly #secondMoment: Float64Array
  readonly #control: ReferenceControl
  readonly #batch: Batch
  readonly #logitsGradient: Matrix
  #batchOutputs: readonly NodeOutputs[] = []
  #optimizerStart: number
  #refusal: { readonly record: ReferenceRecord; readonly place: NonFinitePlace } | undefined

  /** @param start left out: step 0 and the weights that the spec's seed draws. */
  constructor(spec: ReferenceSpec, samples: ReferenceSamples, start?: RunStart) {
    const { batchSize } = spec.training
    const step = start?.step ?? 0
    this.#control = { step, ...epochPlaceAt(step, batchSize, samples.trainingCount), latchStep: 0 }
    this.#optimizerStart = step
    this.graph = buildGraph(spec.layers, samples.shape)
    this.#spec = spec
    this.#samples = samples
    this.#parameters = createFlatParameters(this.graph)
    this.#gradients = createFlatParameters(this.graph)
    const { trainedLength } = this.#parameters
    this.#firstMoment = new Float64Array(trainedLength)
    this.#secondMoment = new Float64Array(trainedLength)
    this.#batch = createBatch(samples, batchSize)
    const { shape } = this.graph.tensors[this.graph.output]!
    this.#logitsGradient = createMatrix(batchSize * positionsOf(shape), shape.channels)
    writeArrays(this.#parameters, start?.values ?? initialValues(spec.initialisation, this.graph, spec.seed))
  }

  /** Updates done, where the next batch starts, and the refused update, if any. */
  get control(): Readonly<ReferenceControl> {
    return this.#control
  }

  /** Set once a step was refused because its loss or gradient was not finite; nothing changes after it. */
  get nonFinite(): NonFinitePlace | undefined {
    return this.#refusal?.place
  }

  /** z and f(z) · mask of the last step's batch, by node. */
  get batchOutputs(): readonly NodeOutputs[] {
    return this.#batchOutputs
  }

  /** Gradient of the last step's mean loss with penalties, before clipping. */
  get gradients(): FlatParameters {
    return this.#gradients
  }

  /** One update, or none where the loss or the gradient is not finite: then, and ever after, parameters stay. */
  step(settings: LiveSettings = {}): ReferenceRecord {
    if (this.#refusal) return this.#refusal.record
    const { seed, training } = this.#spec
    const { batchSize, augmentation } = training
    const { trainingCount } = this.#samples
    const values = hyperparametersAt(this.#spec, settings, this.#control.step, this.#optimizerStart)

    gatherTraining(this.#batch, { samples: this.#samples, seed, augmentation }, this.#control)
    const { outputs, sums } = this.#computeGradients({ training: true, dropout: this.#dropout(settings) })
    const squares = this.#penalise()
    this.#batchOutputs = outputs

    const loss = sums.loss / batchSize
    const scale = decideStep(this.#control, loss, squares, values, { batchSize, trainingCount })
    const record = { loss, correctShare: sums.correct / batchSize, gradientNorm: Math.sqrt(squares) }
    if (scale === undefined) {
      const place = locateNonFinite(this.graph, outputs, loss, this.#gradients)
      this.#refusal = { record: { ...record, outcome: 'refused' }, place }
      return this.#refusal.record
    }
    this.#update(scale, values)
    this.#learnStatistics(outputs)
    return { ...record, outcome: 'applied' }
  }

  /**
   * The network in evaluation mode: z and f(z) by node.
   * @param inputs [rows, features].
   * @param parameters of an earlier step, from `copyParameters`; left out: as they are now.
   */
  forward(inputs: ArrayLike<number>, rows: number, parameters = this.#parameters): readonly NodeOutputs[] {
    const matrix = createMatrix(rows, this.#samples.features, Float64Array.from(inputs))
    return runForward(this.graph, parameters, matrix)
  }

  /** The parameters as they are now, in full precision. */
  copyParameters(): FlatParameters {
    return copyFlatParameters(this.#parameters, this.graph)
  }

  /** Sums of loss and correct rows over listed rows of the samples, in evaluation mode. */
  evaluate(rows: Uint32Array): LossSums {
    const batch = createBatch(this.#samples, rows.length)
    gatherSamples(batch, this.#samples, rows)
    const outputs = runForward(this.graph, this.#parameters, batch.inputs)
    return this.#computeLoss(outputs, batch)
  }

  /** Copies of the parameters, rounded to f32. */
  read(): ArrayValues {
    return readArrays(this.#parameters)
  }

  /** Replaces the parameters; the optimizer's state starts anew, and a refused step may be tried again. */
  restore(values: ArrayValues): void {
    writeArrays(this.#parameters, values)
    this.#firstMoment.fill(0)
    this.#secondMoment.fill(0)
    this.#optimizerStart = this.#control.step
    this.#control.latchStep = 0
    this.#refusal = undefined
  }

  #dropout(settings: LiveSettings): PassMode['dropout'] {
    const { seed } = this.#spec
    const { step } = this.#control
    return this.graph.nodes.map(({ dropout }) => {
      if (!dropout) return undefined
      const { layer, rowsPerMask } = dropout
      return { rate: settings.dropout?.[layer] ?? dropout.rate, seed, layer, step, rowsPerMask }
    })
  }

  #computeGradients(mode: PassMode): { readonly outputs: readonly NodeOutputs[]; readonly sums: LossSums } {
    const { inputs } = this.#batch
    const outputs = runForward(this.graph, this.#parameters, inputs, mode)
    const sums = this.#computeLoss(outputs, this.#batch, this.#logitsGradient)
    runBackward(this.graph, this.#parameters, inputs, outputs, this.#logitsGradient, this.#gradients, mode)
    return { outputs, sums }
  }

  /** A loss of outputs that are not finite is NaN, also where one of them, as −∞, would not show in it. */
  #computeLoss(outputs: readonly NodeOutputs[], batch: Batch, gradient?: Matrix): LossSums {
    const logits = outputs.at(-1)!.preactivation
    const { rows } = batch.inputs
    const sums = computeLoss(
      this.#spec.loss,
      bySample(logits, rows),
      batch.targets,
      gradient && bySample(gradient, rows),
    )
    return logits.values.every(fitsSinglePrecision) ? sums : { ...sums, loss: Number.NaN }
  }

  #penalise(): number {
    const { values, weightLength } = this.#parameters
    return penalisedSquares(this.#gradients.values, values, weightLength, this.#spec.training)
  }

  /** What batch norms go by in evaluation. */
  #learnStatistics(outputs: readonly NodeOutputs[]): void {
    outputs.forEach(({ learnt }, node) => {
      if (!learnt) return
      const views = this.#parameters.nodes[node]!
      updateRunningStatistics(viewOf(views, 'runningMean').values, learnt.mean)
      updateRunningStatistics(viewOf(views, 'runningVariance').values, learnt.variance)
    })
  }

  #update(scale: number, values: Hyperparameters): void {
    const state = {
      parameters: this.#parameters.values.subarray(0, this.#parameters.trainedLength),
      firstMoment: this.#firstMoment,
      secondMoment: this.#secondMoment,
    }
    updateParameters(this.#spec.optimizer, state, this.#gradients.values, scale, values)
  }
}

/** [samples · positions, channels] → [samples, positions · channels], the same numbers. */
function bySample({ values }: Matrix, rows: number): Matrix {
  return { rows, columns: values.length / rows, values }
}
