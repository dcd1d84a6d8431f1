import type { ExperimentDocument } from '../api'
import { describeArchitecture } from '../experiment/architecture'
import { parseSpecOrThrow } from '../experiment/schema'
import type { ExperimentSpec } from '../experiment/spec'
import type { Parameters } from '../nn/torchParameters'
import { DecimatedLoss } from '../runs/lossSeries'
import type { RunEvidence } from '../runs/insights/evidence'
import { openEngine } from '../training/engine'
import { openSession } from '../training/openSession'
import { chooseProbe } from '../training/probeSet'
import { probeSize } from '../training/probeSize'
import { applyNetwork } from './networkByDefinition'
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
  const { samples, sampling } = spec.monitor
  const outputs = session.outputs.map(({ width }) => ({ channels: width, positions: 1 }))
  const { flopsPerSample } = describeArchitecture(spec, dataset)
  const demand = { samples, sampling, outputs, flopsPerSample, software: true }
  const probe = chooseProbe(dataset, spec.seed, probeSize(demand)).rows
  const inputs = Float32Array.from(probe, () => 0).length
  const rows = new Float32Array(inputs * dataset.features)
  probe.forEach((row, index) => {
    rows.set(dataset.inputs.subarray(row * dataset.features, (row + 1) * dataset.features), index * dataset.features)
  })
  for (let column = 0; column < columns && !session.nonFinite; column++) {
    await session.advance(Math.round((column * steps) / (columns - 1)) - session.step)
    for (const { firstStep, loss, accuracy } of session.takeRecords()) training.append(firstStep, loss, accuracy)
    const measurement = await session.measure()
    if (!measurement) break
    const { step, spectra, heldOut } = measurement
    const deadUnits = countDeadUnits(spec, await session.read(), rows, probe.length)
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

/** Units of every layer that give the same f(z), in f32, for all rows. */
function countDeadUnits(spec: ExperimentSpec, parameters: Parameters, inputs: Float32Array, rows: number): number[] {
  return applyNetwork(spec.layers, parameters, inputs, rows).map(({ width, post }) => {
    let dead = 0
    for (let unit = 0; unit < width; unit++) {
      let same = true
      for (let row = 1; row < rows && same; row++) {
        same = Math.fround(post[row * width + unit]!) === Math.fround(post[unit]!)
      }
      dead += Number(same)
    }
    return dead
  })
}
