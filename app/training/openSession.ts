import type { Dataset } from '../data/dataset'
import { describeArchitecture, type Architecture } from '../experiment/architecture'
import { gpuCeilings, REFERENCE_CEILINGS } from '../experiment/ceilings'
import type { DataShape } from '../experiment/dataShape'
import { SpecError } from '../experiment/schema'
import type { ExperimentSpec } from '../experiment/spec'
import { buildGraph } from '../nn/buildGraph'
import { arraysOf } from '../nn/parameters'
import type { RunStart } from '../nn/runStart'
import { fromTorchParameters } from '../nn/torchParameters'
import type { Engine } from './engine'
import { openGpuSession } from './gpuSession'
import type { SessionStart, TrainingSession } from './session'

/**
 * Follows data of this shape through the network.
 * @throws SpecError with the fields at fault where the network does not fit the data, or exceeds what the engine holds.
 */
export function checkArchitecture(engine: Engine, spec: ExperimentSpec, data: DataShape): Architecture {
  const ceilings = engine.kind === 'gpu' ? gpuCeilings(engine.gpu.limits, engine.gpu.software) : REFERENCE_CEILINGS
  const architecture = describeArchitecture(spec, data, ceilings)
  if (architecture.faults.length > 0) throw new SpecError(architecture.faults)
  return architecture
}

/** What the snapshots of a session may take on the GPU where its caller does not say. */
const SNAPSHOT_BUDGET = 64 * 2 ** 20

/**
 * Prepares a run: checks that the network fits the data and the engine before anything is allocated.
 * @param start left out: step 0 and the weights that the spec's seed draws.
 * @param snapshotBudget bytes of snapshots kept on the GPU; beyond it they are kept in memory.
 * @throws SpecError with the fields at fault; RangeError where `start` does not fit the network; GpuError where the
 *   adapter cannot hold it.
 */
export async function openSession(
  engine: Engine,
  spec: ExperimentSpec,
  dataset: Dataset,
  start?: SessionStart,
  snapshotBudget = SNAPSHOT_BUDGET,
): Promise<TrainingSession> {
  const architecture = checkArchitecture(engine, spec, dataset)
  const options = { start: start && readStart(spec, dataset, start), snapshotBudget }
  if (engine.kind === 'gpu') return openGpuSession(engine, spec, architecture, dataset, options)
  // Few browsers need it.
  const { openReferenceSession } = await import('./referenceSession')
  return openReferenceSession(spec, architecture, dataset, options)
}

function readStart(spec: ExperimentSpec, dataset: Dataset, { step, parameters }: SessionStart): RunStart {
  if (!Number.isInteger(step) || step < 0) throw new RangeError(`a run cannot begin after ${step} updates`)
  const arrays = arraysOf(buildGraph(spec.layers, dataset.shape))
  return { step, values: fromTorchParameters(arrays, parameters) }
}
