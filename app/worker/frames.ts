import type { Measurement, StepRecords } from '../training/session'
import type { Column, Frame } from './protocol'

/** The records of several collections as one run of consecutive steps. */
export function joinRecords(records: readonly StepRecords[], nextStep: number): Frame['losses'] {
  const length = records.reduce((sum, record) => sum + record.loss.length, 0)
  const loss = new Float32Array(length)
  const accuracy = new Float32Array(length)
  let end = 0
  for (const record of records) {
    loss.set(record.loss, end)
    accuracy.set(record.accuracy, end)
    end += record.loss.length
  }
  return { firstStep: records[0]?.firstStep ?? nextStep, loss, accuracy }
}

export function toColumn(measurement: Measurement): Column {
  const { step, spectra, heldOut, deadUnits, meanActivations } = measurement
  return {
    step,
    spectra,
    ...(heldOut && { heldOut }),
    ...(deadUnits && { deadUnits }),
    ...(meanActivations && { meanActivations }),
  }
}

/** Every array of a frame moves to the page instead of being copied. */
export function frameTransfers(frame: Frame): Transferable[] {
  const arrays = [frame.losses.loss, frame.losses.accuracy, ...frame.columns.flatMap(columnArrays)]
  return [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))]
}

function columnArrays(column: Column): Float32Array[] {
  return column.spectra.map((spectrum) => spectrum.eigenvalues)
}

/** Steps per second from the last few seconds, so that the figure is calm and still follows a change of pace. */
export class SpeedMeter {
  readonly #marks: { readonly at: number; readonly step: number }[] = []

  /** @returns steps per second over the last three seconds; 0 before two marks. */
  mark(at: number, step: number): number {
    this.#marks.push({ at, step })
    while (this.#marks.length > 2 && at - this.#marks[0]!.at > 3_000) this.#marks.shift()
    const first = this.#marks[0]!
    return at > first.at ? ((step - first.step) * 1_000) / (at - first.at) : 0
  }

  restart(): void {
    this.#marks.length = 0
  }
}
