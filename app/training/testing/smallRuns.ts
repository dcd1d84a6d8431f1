import { createDataset } from '../../data/createDataset'
import type { Dataset } from '../../data/dataset'
import { parseSpecOrThrow } from '../../experiment/schema'
import type { GeneratedDataSpec } from '../../experiment/dataSpec'
import type { ExperimentDocument, ExperimentSpec } from '../../experiment/spec'
import type { Parameters } from '../../nn/torchParameters'
import type { Engine } from '../engine'
import { openSession } from '../openSession'
import type { Measurement, SessionStart, TrainingSession } from '../session'

/** A network of widths that no tile divides, on data that does not fill its last batch. */
export const SMALL = {
  seed: 11,
  data: { kind: 'subspace', samples: 300, dimensions: 9, rank: 4, classes: 3, noise: 0.1, heldOut: 0.2 },
  layers: [
    { kind: 'dense', units: 17, activation: 'tanh' },
    { kind: 'dense', units: 6, activation: 'silu' },
    { kind: 'dense', units: 3 },
  ],
  training: { batchSize: 15, steps: 200 },
  monitor: { samples: 256, cadence: 50 },
} as const satisfies ExperimentDocument

export function specOf(document: ExperimentDocument): ExperimentSpec {
  return parseSpecOrThrow({ ...SMALL, ...document })
}

export function dataOf(spec: ExperimentSpec): Dataset {
  return createDataset(spec.data as GeneratedDataSpec, spec.seed)
}

export function open(
  engine: Engine,
  spec: ExperimentSpec,
  start?: SessionStart,
  snapshotBudget?: number,
): Promise<TrainingSession> {
  return openSession(engine, spec, dataOf(spec), start, snapshotBudget)
}

/** Of all updates since the last call. */
export async function losses(session: TrainingSession): Promise<number[]> {
  await session.settle()
  return session.takeRecords().flatMap(({ loss }) => [...loss])
}

export async function columnOf(session: TrainingSession): Promise<Measurement> {
  const column = await session.measure()
  if (!column) throw new Error('the session refused to measure')
  return column
}

export function flatten(parameters: Parameters): number[] {
  return Object.values(parameters).flatMap(({ values }) => [...values])
}
