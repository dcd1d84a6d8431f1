import type { ExperimentSpec } from '../../experiment/spec'

export type RuleName =
  | 'learningRateTooHigh'
  | 'collapsing'
  | 'deadLayer'
  | 'learningRateTooLow'
  | 'memorising'
  | 'full'
  | 'deadUnits'
  | 'tail'
  | 'idle'
  | 'fewSamples'

/** What a rule believes of a run, why, and what could be tried. */
export interface Insight {
  readonly rule: RuleName
  /** Positions in the run's outputs of the layers it is about, first to last; none where it is about the whole run. */
  readonly outputs: readonly number[]
  /** A hypothesis in one sentence; a colon parts what is seen from what could be tried. */
  readonly sentence: string
  /** What had to hold, in words, with the figures of the rule. */
  readonly condition: string
  readonly evidence: readonly Evidence[]
  readonly confidence: Confidence
  /** Paper or formula the rule rests on. */
  readonly source: string
  /** Undefined where no setting of the experiment would help. */
  readonly change: SuggestedChange | undefined
}

export interface Confidence {
  readonly level: 'low' | 'medium' | 'high'
  /** One sentence. */
  readonly reason: string
}

/** The experiment that would test an insight. */
export interface SuggestedChange {
  /** What is different, as on a button: “without hidden 3 and hidden 4”. */
  readonly label: string
  readonly spec: ExperimentSpec
}

/** Where evidence is drawn: a curve of the run, or a row of the heatmap and the spectrum behind it. */
export type EvidenceSeries =
  | { readonly kind: 'trainingLoss' | 'trainingAccuracy' | 'heldOutLoss' | 'heldOutAccuracy' }
  | {
      readonly kind: 'saturation' | 'directions' | 'effectiveRank' | 'variance' | 'deadShare' | 'samples'
      /** Position in the run's outputs. */
      readonly output: number
    }

/** Something to draw: a horizontal level, a span of steps in which the condition held, or a point. */
export type Evidence =
  | { readonly kind: 'level'; readonly series: EvidenceSeries; readonly value: number; readonly label: string }
  | {
      readonly kind: 'span'
      readonly series: EvidenceSeries
      readonly from: number
      readonly to: number
      readonly label: string
    }
  | {
      readonly kind: 'point'
      readonly series: EvidenceSeries
      readonly step: number
      readonly value: number
      readonly label: string
    }
