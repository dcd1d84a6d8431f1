import { describeArchitecture } from '../experiment/architecture'
import { parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentDocument } from '../experiment/spec'
import { flatShape } from '../experiment/tensorShape'
import type { MeasuredSpectrum } from '../metrics/spectrum'
import { NO_PREDICTIONS } from './predictions'
import { NO_PROBES } from './probes'
import type { HistoryColumn, RunState } from './state'

/** What a test's run is made of; the rest is ordinary. */
interface TestRun {
  readonly document?: ExperimentDocument
  readonly step?: number
  readonly millisPerStep?: number
  /** Held-out accuracy and loss by step. */
  readonly heldOut?: readonly (readonly [step: number, accuracy: number, loss: number])[]
  /** Training loss of the steps 1, 2, … */
  readonly losses?: readonly number[]
  /** k of every layer, as equal eigenvalues, in every column. */
  readonly directions?: readonly number[]
  readonly trainingCount?: number
  /** Where its weights came from another run. */
  readonly startStep?: number
}

/** Small and quick: a plane's two classes, two hidden layers. */
const usual: ExperimentDocument = {
  data: { kind: 'moons' },
  layers: [{ units: 16 }, { units: 8 }, {}],
  training: { steps: 1000 },
}

/** A run as the store would hold it. */
export function testRun({ document = {}, step = 100, millisPerStep = 0, ...options }: TestRun = {}): RunState {
  const { heldOut = [], losses = [], directions = [], trainingCount = 800, startStep = 0 } = options
  const spec = parseSpecOrThrow({ ...usual, ...document })
  const task = { kind: 'classification', classes: 2, classNames: [] } as const
  const sample = { shape: flatShape(2), features: 2 }
  const outputs = describeArchitecture(spec, { ...sample, task }).measured.map(({ name, width }) => ({
    name,
    kind: 'dense' as const,
    width,
  }))
  const columns = heldOut.map(([at, heldOutAccuracy, heldOutLoss]): HistoryColumn => ({
    step: at,
    spectra: directions.map((k, index) => equalEigenvalues(k, outputs[index]?.width ?? k)),
    heldOutAccuracy,
    heldOutLoss,
  }))
  const training = {
    length: losses.length,
    steps: Float64Array.from(losses, (_, index) => index + 1),
    loss: Float32Array.from(losses),
    accuracy: new Float32Array(losses.length),
  }
  const data = {
    name: spec.data.kind,
    task,
    ...sample,
    trainingCount,
    heldOutCount: 200,
    notes: [],
    preview: { count: 0, inputs: new Float32Array(), targets: new Float32Array() },
  }
  return {
    id: '1',
    spec,
    started: { spec, startStep, outputs, variants: {}, data },
    playing: true,
    stop: undefined,
    step,
    plannedSteps: spec.training.steps,
    epoch: 0,
    stepsPerSecond: 0,
    millisPerStep,
    millisPerColumn: 0,
    changes: [],
    snapshots: undefined,
    surface: undefined,
    reconstruction: undefined,
    probes: NO_PROBES,
    predictions: NO_PREDICTIONS,
    revision: 0,
    history: { training, columns },
  }
}

/** k equal eigenvalues of d: k_δ is k. */
function equalEigenvalues(k: number, width: number): MeasuredSpectrum {
  return {
    eigenvalues: Float32Array.from({ length: width }, (_, index) => (index < k ? 1 : 0)),
    samples: 4096,
    state: 'ok',
    solver: 'jacobi',
    sweeps: 1,
    offDiagonalNorm: 0,
  }
}
