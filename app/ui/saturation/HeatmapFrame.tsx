import { useCallback, useMemo, type ReactNode } from 'react'
import type { Letter } from '../../runs/state'
import { usePixelRatio } from '../charts/canvas'
import { Crosshair } from '../charts/Crosshair'
import type { Plot } from '../charts/plot'
import { stepTicks } from '../charts/ticks'
import { typeScale } from '../theme/typeScale'
import { rowBands } from './cellLayout'
import { EvidenceOutline } from './EvidenceOutline'
import { HeatmapAxes } from './HeatmapAxes'
import { heatmapLayout, type RowWords } from './heatmapLayout'
import { HeatmapHeading } from './HeatmapHeading'
import { labelledRows } from './labelledRows'
import styles from './saturation.module.css'
import type { Tile } from './tileLayout'

/** What any of the panel's heatmaps is given, whatever its cells show. Same objects while only columns arrive. */
export interface FrameProps {
  readonly letter: Letter
  readonly tile: Tile
  /** What is said of the run beside its letter. */
  readonly note: string | undefined
  /** Names of the rows, the same in all heatmaps. */
  readonly names: readonly string[]
  /** Which of the run's outputs each row is; undefined where the run has no such layer. */
  readonly places: readonly (number | undefined)[]
  /** The row of the selected layer, or −1 where it has none. */
  readonly selected: number
  readonly isActive: boolean
  readonly plannedSteps: number
  readonly plot: Plot | undefined
  readonly onPlot: (letter: Letter, plot: Plot) => void
}

/** Where the parts of a heatmap lie. */
export function useFrameLayout({ tile, names, selected, plannedSteps, plot }: FrameProps, words: RowWords) {
  const pixelRatio = usePixelRatio()
  const { width, height, hasSteps } = tile
  const layout = useMemo(
    () => heatmapLayout({ width, height, hasSteps }, names, words),
    [width, height, hasSteps, names, words],
  )
  const labelled = useMemo(() => labelledRows(names.length, layout.labelEvery, selected), [names, layout, selected])
  const ticks = useMemo(() => stepTicks(plannedSteps, layout.plotWidth / typeScale()), [plannedSteps, layout])
  const bands = useMemo(
    () => (plot ? rowBands(0, plot.height, names.length, pixelRatio) : []),
    [plot, names, pixelRatio],
  )
  return { layout, labelled, ticks, bands, pixelRatio }
}

interface HeatmapFrameProps extends FrameProps {
  /** Its name for screen readers. */
  readonly label: string
  readonly measures: ReturnType<typeof useFrameLayout>
  /** Cells and values, once the axes are laid out. */
  readonly children: ReactNode
}

/** Heading, axes, selection and crosshair of one heatmap: everything but its cells and their values. */
export function HeatmapFrame(props: HeatmapFrameProps) {
  const { letter, tile, note, names, places, selected, isActive, plannedSteps, plot, onPlot } = props
  const { label, measures, children } = props
  const { layout, labelled, ticks, bands } = measures
  const { left, top, width, height, headingHeight, hasSteps } = tile
  const placePlot = useCallback((next: Plot) => onPlot(letter, next), [letter, onPlot])
  const band = bands[selected]
  return (
    <figure className={styles['heatmap']} style={{ left, top, width, height }} aria-label={label}>
      {headingHeight > 0 && <HeatmapHeading {...{ letter, note, isActive }} height={headingHeight} />}
      {plot && band && isActive && (
        <div className={styles['selection']} style={{ top: plot.top + band.start, height: band.size }} />
      )}
      <HeatmapAxes {...layout} {...{ hasSteps, names, selected, labelled, plannedSteps, ticks }} onPlot={placePlot} />
      {children}
      {plot && <EvidenceOutline {...{ letter, plot, bands, names, places }} />}
      {plot && <Crosshair plot={plot} labelled={hasSteps} />}
    </figure>
  )
}
