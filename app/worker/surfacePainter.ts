import type { Dataset } from '../data/dataset'
import type { TrainingSession } from '../training/session'
import { softmax } from '../training/predictions/classProbabilities'
import type { PlaneSummary, Surface } from './protocol'

/** Cells per side: fine enough for two spirals, cheap enough for every adapter. */
const RESOLUTION = 48
const MILLIS_BETWEEN_SURFACES = 250

/** Asks the network what it thinks of every cell of the plane, now and then, without ever making training wait. */
export class SurfacePainter {
  readonly #session: TrainingSession
  readonly #dataset: Dataset
  readonly #grid: Float32Array
  readonly #onPainted: (surface: Surface) => void
  #paintedStep = -1
  #lookedAt: number | undefined
  #paintedAt = -Infinity
  #busy = false

  constructor(session: TrainingSession, dataset: Dataset, plane: PlaneSummary, onPainted: (surface: Surface) => void) {
    this.#session = session
    this.#dataset = dataset
    this.#grid = planeGrid(plane.extent, dataset)
    this.#onPainted = onPainted
  }

  /**
   * Begins a surface where the weights moved and the last one is old enough.
   * @param painters runs that are painted in turn, this one included: together they get no more than one alone.
   */
  paintIfDue(now: number, painters: number): void {
    if (now - this.#paintedAt >= MILLIS_BETWEEN_SURFACES * painters) this.paint(now)
  }

  /** Paints those of this past step, or of the last one before it that was kept; undefined: of the present. */
  lookBack(step: number | undefined, now: number): void {
    this.#lookedAt = step
    this.paint(now)
  }

  /** Begins a surface where its weights are not those of the last one. */
  paint(now: number): void {
    const kept = this.#keptStep()
    const step = kept ?? this.#session.step
    if (this.#busy || step === this.#paintedStep) return
    this.#busy = true
    this.#paintedAt = now
    this.#paintedStep = step
    this.#session.predict(this.#grid, RESOLUTION * RESOLUTION, kept).then(
      (outputs) => {
        this.#busy = false
        this.#onPainted({ step, resolution: RESOLUTION, ...readOutputs(outputs, this.#dataset) })
        // Whoever looked elsewhere meanwhile waits for that now.
        if (this.#keptStep() !== kept) this.paint(performance.now())
      },
      () => {
        // The session ended while the surface was under way; its end is reported by the scheduler.
        this.#busy = false
      },
    )
  }

  /** The kept step that is looked at; undefined where that is the present. */
  #keptStep(): number | undefined {
    const lookedAt = this.#lookedAt
    if (lookedAt === undefined) return undefined
    return this.#session.snapshots.findLast(({ step }) => step <= lookedAt)?.step
  }
}

/** Standardised inputs [RESOLUTION², 2] of the cells' centres, lowest y first. */
function planeGrid(extent: number, dataset: Dataset): Float32Array {
  const { mean, deviation } = dataset.standardisation
  const grid = new Float32Array(RESOLUTION * RESOLUTION * 2)
  for (let cell = 0; cell < RESOLUTION * RESOLUTION; cell++) {
    const centre = [cell % RESOLUTION, Math.floor(cell / RESOLUTION)]
    for (let axis = 0; axis < 2; axis++) {
      const position = ((centre[axis]! + 0.5) / RESOLUTION) * 2 * extent - extent
      const feature = mean.length === 1 ? 0 : axis
      grid[cell * 2 + axis] = (position - mean[feature]!) / deviation[feature]!
    }
  }
  return grid
}

/** Logits become class probabilities; regression outputs stay as they are. */
function readOutputs(outputs: Float32Array, dataset: Dataset): { values: Float32Array; outputs: number } {
  const width = outputs.length / (RESOLUTION * RESOLUTION)
  if (dataset.task.kind === 'regression') return { values: outputs, outputs: width }
  if (width === 1) {
    const values = new Float32Array(outputs.length * 2)
    outputs.forEach((logit, cell) => {
      const probability = 1 / (1 + Math.exp(-logit))
      values[cell * 2] = 1 - probability
      values[cell * 2 + 1] = probability
    })
    return { values, outputs: 2 }
  }
  const values = new Float32Array(outputs.length)
  for (let start = 0; start < outputs.length; start += width)
    softmax(outputs.subarray(start, start + width), values, start)
  return { values, outputs: width }
}
