import { memo, useMemo, useRef, type CSSProperties } from 'react'
import type { View } from '../../runs/state'
import { Hideable } from '../common/Hideable'
import { Segmented } from '../common/Segmented'
import { Select } from '../common/Select'
import { Term } from '../common/Term'
import { useCommands, usePage } from '../pageContext'
import { shownColumn } from '../charts/history'
import { Panel } from '../charts/Panel'
import { useElementSize } from '../charts/useElementSize'
import { useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { compareModes, shownRuns } from './compareModes'
import { describeCells } from './describeCells'
import { DifferenceLegend } from './DifferenceLegend'
import { startsDiffer } from './headingNotes'
import { Heatmaps } from './Heatmaps'
import { Legend } from './Legend'
import { PanelNote } from './PanelNote'
import styles from './saturation.module.css'
import { StepChip } from './StepChip'
import { ThresholdField } from './ThresholdField'
import { leastHeight } from './tileLayout'
import { useRacers } from './useRacers'

const conventions: readonly { readonly value: View['convention']; readonly label: string }[] = [
  { value: 'paper', label: 'as published' },
  { value: 'delve', label: '− 1, as Delve' },
]

/** The heatmaps of saturation by layer and step, with what it is measured by. */
export function SaturationPanel() {
  const section = useRef<HTMLElement>(null)
  const chart = useRef<HTMLDivElement>(null)
  const isLive = useVisible(section)
  const size = useElementSize(chart)
  const racers = useRacers(isLive)
  const activeLetter = usePage((state) => state.active)
  const baselineLetter = usePage((state) => state.baseline)
  const compare = usePage((state) => state.view.compare)
  const shownStep = useShownStep(isLive)
  const threshold = usePage((state) => state.view.threshold)
  const convention = usePage((state) => state.view.convention)
  const selectedOutput = usePage((state) => state.view.selectedOutput)
  const options = useMemo(() => ({ threshold, convention }), [threshold, convention])

  const active = racers.find(({ letter }) => letter === activeLetter) ?? racers[0]
  const baseline = racers.find(({ letter }) => letter === baselineLetter) ?? racers[0]
  const shown = shownRuns(racers, { compare, active: activeLetter, baseline: baselineLetter })
  const isDifference = racers.length > 1 && compare === 'difference'
  const run = active?.run
  const column = run && shownColumn(run.history.columns, shownStep)
  const selected = Math.min(selectedOutput, (run?.started.outputs.length ?? 1) - 1)
  const isAlone = racers.length < 2
  const compared = isDifference ? racers : shown

  return (
    <Panel
      title="Saturation"
      term="saturation"
      note={<PanelNote initialisation={startsDiffer(compared) ? undefined : run?.spec.initialisation} />}
      status={<StepChip step={column?.step} />}
      tools={<SaturationTools isAlone={isAlone} />}
      summarise={() =>
        describeCells(isDifference ? shown : racers, {
          step: shownStep,
          options,
          baseline: isDifference ? baseline : undefined,
        })
      }
      element={section}
    >
      <div ref={chart} className={styles['chart']} style={heightFor(size?.width ?? 0, shown.length)}>
        {size && active && baseline && racers.some((racer) => racer.run) && (
          <Heatmaps {...{ shown, active, baseline, isDifference, selected, shownStep, options, size }} />
        )}
        {isAlone && column === undefined && (
          <p className={styles['waiting']}>The first column appears as soon as it is measured.</p>
        )}
      </div>
      <Hideable part="legend">
        {isDifference && baseline ? <DifferenceLegend baseline={baseline.letter} /> : <Legend />}
      </Hideable>
    </Panel>
  )
}

/** Memoised: arriving columns change nothing here. */
const SaturationTools = memo(function SaturationTools({ isAlone }: { readonly isAlone: boolean }) {
  const compare = usePage((state) => state.view.compare)
  const convention = usePage((state) => state.view.convention)
  const commands = useCommands()
  return (
    <>
      {!isAlone && (
        <div className={styles['compare']}>
          <Segmented
            label="Runs shown"
            value={compare}
            options={compareModes}
            onChange={(value) => commands.setView({ compare: value })}
          />
        </div>
      )}
      <Hideable part="threshold">
        <ThresholdField />
      </Hideable>
      <Hideable part="convention">
        <span className={styles['field']}>
          <Term name="k" id="convention" />
          <Select
            label="Convention of counting directions"
            className={styles['convention']}
            value={convention}
            options={conventions}
            onChange={(value) => commands.setView({ convention: value })}
          />
        </span>
      </Hideable>
    </>
  )
})

/** Several heatmaps below each other need more than one does; the panel grows with them. */
function heightFor(width: number, count: number): CSSProperties | undefined {
  return count > 1 ? { minHeight: leastHeight(width, count) } : undefined
}
