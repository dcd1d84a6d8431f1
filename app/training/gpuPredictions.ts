import { StagingRing } from '../gpu/readback'
import { logitsOf } from '../nn/forwardPass'
import { padRows, unpadRows } from '../nn/padding'
import { compileEvaluation } from './evaluationPass'
import { passRows } from './probe'
import type { ReaderParts } from './readerParts'
import { SessionEnded, type PredictionReader, type TrainingSession } from './session'

/** Samples that go through the network at once: more would only hold more memory. */
const LARGEST_BATCH = 1_024

/** Prepares reading what the network makes of so many samples in one go. */
export async function compilePredictions(parts: ReaderParts, samples: number): Promise<PredictionReader> {
  const { session, run, scope, loadWeights, isEnded, close } = parts
  const { gpu, queue } = run.engine
  const most = passRows(gpu, run.graph, LARGEST_BATCH, 0)
  // Batches of one size: what is short of one costs as much.
  const rowsPerRead = Math.ceil(samples / Math.ceil(samples / most))
  const { weights, forward } = await compileEvaluation(run, scope, rowsPerRead)
  const logits = logitsOf(forward)
  const outputs = run.graph.tensors[run.graph.output]!.shape.channels
  const staging = new StagingRing(scope, 'predictions', logits.size, 1)
  // Not the session: predictions that are looked at must not make columns rarer.
  const payer = {}
  const work = { owner: session, payers: new Map([[payer, 1]]), kind: 'measuring', repeat: 1 } as const
  let step = session.step
  let ownMillis = 0
  return {
    rowsPerRead,
    // Where an update was refused, the weights are those before it.
    get step() {
      return Math.min(step, session.step)
    },
    get spentMillis() {
      return queue.spentOn(payer).measuring + ownMillis
    },
    async load(atStep) {
      if (isEnded()) throw new SessionEnded()
      step = stepOf(session, atStep)
      await loadWeights(weights, atStep)
    },
    async read(inputs, rows) {
      if (isEnded()) throw new SessionEnded()
      const since = performance.now()
      // No earlier read is under way, so nothing reads the input buffer while it is written.
      const padded = padRows(inputs, rows, inputs.length / rows)
      gpu.device.queue.writeBuffer(forward.input.buffer, 0, padded as GPUAllowSharedBufferSource)
      ownMillis += performance.now() - since
      const bytes = await queue.read({ ...work, plan: forward.plan }, staging, [logits])
      return unpadRows(new Float32Array(bytes), rows, outputs)
    },
    close,
  }
}

/** Of the weights that are loaded. */
function stepOf({ step, snapshots }: TrainingSession, atStep: number | undefined): number {
  if (atStep === undefined) return step
  return snapshots.findLast((kept) => kept.step <= atStep)?.step ?? step
}
