import { memo } from 'react'
import type { SpectrumOptions } from '../../metrics/layerSpectrum'
import type { Letter, RunState } from '../../runs/state'
import type { Plot } from '../charts/plot'
import { DifferenceCells } from './DifferenceCells'
import { HeatmapFrame, useFrameLayout, type FrameProps } from './HeatmapFrame'
import { SaturationCells } from './SaturationCells'
import { useHeldUntilTurn } from './useHeldUntilTurn'

/** Whom a run is compared with. */
export interface Baseline {
  readonly letter: Letter
  readonly run: RunState
  readonly places: FrameProps['places']
}

interface RunHeatmapProps extends FrameProps {
  readonly run: RunState
  readonly options: SpectrumOptions
  readonly shownStep: number | undefined
  /** Where cells are differences; else they are the run's saturations. */
  readonly baseline: Baseline | undefined
}

/** What the cells are given, once the axes are laid out. */
export interface CellsProps extends Omit<RunHeatmapProps, 'baseline'> {
  readonly plot: Plot
  readonly measures: ReturnType<typeof useFrameLayout>
}

/** A run's heatmap. Of several that are to show something else each does so in its turn. */
export const RunHeatmap = memo(function RunHeatmap(props: RunHeatmapProps) {
  const shown = useHeldUntilTurn(props, props.baseline?.letter ?? 'saturations')
  // Where it lies does not wait: two would cover each other.
  return shown && <ShownHeatmap {...shown} tile={props.tile} />
})

/** Its frame stays when saturations become differences: to lay out axes anew costs several times what the cells do. */
const ShownHeatmap = memo(function ShownHeatmap({ baseline, ...props }: RunHeatmapProps) {
  const { letter, plot } = props
  const measures = useFrameLayout(props, baseline ? 'differences' : 'saturations')
  const compared = baseline ? `, difference to run ${baseline.letter}` : ''
  return (
    <HeatmapFrame {...props} {...{ measures }} label={`Saturation of run ${letter}${compared}`}>
      {plot &&
        (baseline ? (
          <DifferenceCells {...props} {...{ plot, measures, baseline }} />
        ) : (
          <SaturationCells {...props} {...{ plot, measures }} />
        ))}
    </HeatmapFrame>
  )
})
