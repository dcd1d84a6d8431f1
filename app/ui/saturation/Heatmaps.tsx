import { useCallback, useMemo, useState } from 'react'
import type { SpectrumOptions } from '../../metrics/layerSpectrum'
import type { Letter } from '../../runs/state'
import type { Plot } from '../charts/plot'
import type { ElementSize } from '../charts/useElementSize'
import { describeCell } from './describeCells'
import { HeatmapControl, type HeatmapRow, type PlacedHeatmap } from './HeatmapControl'
import { HeatmapReadout } from './HeatmapReadout'
import { headingNotes } from './headingNotes'
import { matchRows } from './matchRows'
import { RunHeatmap } from './RunHeatmap'
import { tileLayout } from './tileLayout'
import type { Racer } from './useRacers'
import { useSameList } from './useSameList'
import { WaitingHeatmap } from './WaitingHeatmap'

interface HeatmapsProps {
  /** Those that have a heatmap. */
  readonly shown: readonly Racer[]
  readonly active: Racer
  readonly baseline: Racer
  /** Whether cells are differences to the baseline. */
  readonly isDifference: boolean
  /** The output selected in the active run. */
  readonly selected: number
  readonly shownStep: number | undefined
  readonly options: SpectrumOptions
  readonly size: ElementSize
}

const none = [] as const

/** Layers × steps of one run or several: one axis, one scale, equal layers in equal places. */
export function Heatmaps(props: HeatmapsProps) {
  const { shown, active, baseline, isDifference, selected, shownStep, options, size } = props
  const [plots, setPlots] = useState<Partial<Record<Letter, Plot>>>({})
  const [hovered, setHovered] = useState<HeatmapRow>()
  const onPlot = useCallback((letter: Letter, plot: Plot) => setPlots((known) => ({ ...known, [letter]: plot })), [])

  const isNamed = shown.length > 1 || isDifference
  const tiles = useMemo(() => tileLayout(size, shown.length, isNamed), [size, shown.length, isNamed])
  const racers = isDifference ? [...shown, baseline] : shown
  const networks = useSameList(racers.map(({ run }) => run?.started.outputs ?? none))
  const { names, places } = useMemo(() => matchRows(networks), [networks])
  const placesOf = ({ letter }: Racer) => places[racers.findIndex((racer) => racer.letter === letter)] ?? none
  const baselinePlaces = placesOf(baseline)
  const compared = useMemo(
    () => (isDifference && baseline.run ? { ...baseline, run: baseline.run, places: baselinePlaces } : undefined),
    [isDifference, baseline, baselinePlaces],
  )
  const plannedSteps = Math.max(1, ...racers.map(({ run }) => run?.plannedSteps ?? 0))
  const notes = headingNotes(shown, baseline.letter, isDifference)
  const selectedRow = placesOf(active).indexOf(selected)

  const placed: PlacedHeatmap[] = []
  const heatmaps = shown.map((racer, index) => {
    const { letter, run } = racer
    const [tile, note, plot] = [tiles[index], notes[index], plots[letter]]
    if (!tile) return null
    const isActive = letter === active.letter
    if (!run || (isDifference && !compared)) {
      const waitsFor = run ? baseline.letter : letter
      return <WaitingHeatmap key={letter} {...{ letter, tile, note, isActive }} waitsFor={waitsFor} />
    }
    const own = placesOf(racer)
    if (plot) placed.push({ letter, run, tile, plot, places: own })
    const frame = { letter, tile, note, names, isActive, plannedSteps, plot, onPlot, selected: selectedRow }
    return <RunHeatmap key={letter} {...frame} {...{ run, options, shownStep }} places={own} baseline={compared} />
  })

  const read = hovered ?? { letter: active.letter, row: selectedRow }
  const pointed = placed.find(({ letter }) => letter === read.letter)
  const against = isDifference ? baseline : undefined
  const whose = isNamed ? ` of run ${active.letter}` : ''
  return (
    <>
      {heatmaps}
      {placed.length > 0 && (
        <HeatmapControl
          {...{ plannedSteps, shownStep, selected }}
          heatmaps={placed}
          active={active.letter}
          columns={active.run?.history.columns ?? none}
          outputs={active.run?.started.outputs.length ?? 0}
          label={`Saturation heatmap${whose}: step, and with up and down the layer`}
          describe={() =>
            describeCell(active, selected, {
              step: shownStep,
              options,
              baseline: against?.letter === active.letter ? undefined : against,
            })
          }
          onHover={setHovered}
        />
      )}
      {pointed && shownStep !== undefined && (
        <HeatmapReadout
          {...{ names, shownStep, options, size }}
          heatmap={pointed}
          row={read.row}
          baseline={against && { ...against, places: baselinePlaces }}
        />
      )}
    </>
  )
}
