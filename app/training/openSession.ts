import type { Dataset } from '../data/dataset'
import { describeArchitecture, type Architecture } from '../experiment/architecture'
import { gpuCeilings, REFERENCE_CEILINGS } from '../experiment/ceilings'
import type { DataShape } from '../experiment/dataShape'
import { SpecError } from '../experiment/schema'
import type { ExperimentSpec } from '../experiment/spec'
import type { Engine } from './engine'
import { openGpuSession } from './gpuSession'
import { openReferenceSession } from './referenceSession'
import type { TrainingSession } from './session'

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

/**
 * Prepares a run: checks that the network fits the data and the engine before anything is allocated.
 * @throws SpecError with the fields at fault; GpuError where the adapter cannot hold it.
 */
export async function openSession(engine: Engine, spec: ExperimentSpec, dataset: Dataset): Promise<TrainingSession> {
  const architecture = checkArchitecture(engine, spec, dataset)
  return engine.kind === 'gpu'
    ? openGpuSession(engine, spec, architecture, dataset)
    : openReferenceSession(spec, architecture, dataset)
}
