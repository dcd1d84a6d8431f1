import type { ExperimentDocument } from '../api'
import { parseSpecOrThrow } from '../experiment/schema'
import { DecimatedLoss } from '../runs/lossSeries'
import type { RunEvidence } from '../runs/insights/evidence'
import { openEngine } from '../training/engine'
import { openSession } from '../training/openSession'
import { dataOf } from './runs'
import type { HistoryColumn } from '../runs/state'

/**
 * Trains a document on the float64 engine and keeps what the rules of Insights look at.
 * @param columns measured, evenly spread from step 0 to the last.
 */
export async function recordRun(document: ExperimentDocument, columns: number): Promise<RunEvidence> {
  const spec = parseSpecOrThrow(document)
  const dataset = dataOf(spec)
  const session = await openSession(await openEngine('reference'), spec, dataset)
  const { steps } = spec.training
  const training = new DecimatedLoss()
  const measured: HistoryColumn[] = []
  for (let column = 0; column < columns && !session.nonFinite; column++) {
    await session.advance(Math.round((column * steps) / (columns - 1)) - session.step)
    for (const { firstStep, loss, accuracy } of session.takeRecords()) training.append(firstStep, loss, accuracy)
    const measurement = await session.measure()
    if (!measurement) break
    const { step, spectra, heldOut, deadUnits = [] } = measurement
    measured.push({ step, spectra, heldOutLoss: heldOut?.loss, heldOutAccuracy: heldOut?.accuracy, deadUnits })
  }
  const refusedStep = session.nonFinite?.step
  session.destroy()
  const { shape, task, trainingCount, heldOutCount } = dataset
  return {
    spec,
    shape,
    task,
    trainingCount,
    heldOutCount,
    outputs: session.outputs,
    columns: measured,
    training,
    plannedSteps: steps,
    changes: [],
    refusedStep,
  }
}
