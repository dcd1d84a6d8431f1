import type { ExperimentDocument } from './spec'

/** Where a preset stands in the gallery. */
export type PresetGroup = 'start' | 'saturation' | 'failures' | 'images' | 'plane'

/** An experiment worth a look, and what to look at. */
export interface Preset {
  readonly id: string
  readonly group: PresetGroup
  readonly title: string
  /** One sentence: what is trained on what. */
  readonly description: string
  /** What the picture shows once training runs. Figures in it were measured. */
  readonly lookAt: string
  /** One sentence more: what several runs of it came to, and of how many. */
  readonly measured?: string
  /** Only what differs from the defaults. */
  readonly document: ExperimentDocument
  /** What a second experiment that races beside it has instead, section by section. */
  readonly against?: ExperimentDocument
}

/** Hidden layers of these widths, and an output that fits the data. */
export function layered(
  activation: 'tanh' | 'relu' | 'sigmoid',
  ...widths: readonly number[]
): NonNullable<ExperimentDocument['layers']> {
  return [...widths.map((units) => ({ units, activation })), {}]
}
