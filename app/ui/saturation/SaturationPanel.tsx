import { useMemo, useRef } from 'react'
import { describeSpectrum, type SpectrumOptions } from '../../metrics/layerSpectrum'
import type { HistoryColumn, RunState, View } from '../../runs/state'
import { formatCount } from '../common/format'
import { Select } from '../common/Select'
import { useCommands, usePage } from '../pageContext'
import { shownColumn } from '../charts/history'
import { formatShare, formatThreshold } from '../charts/numbers'
import { Panel } from '../charts/Panel'
import { useElementSize } from '../charts/useElementSize'
import { useRun, useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { Heatmap } from './Heatmap'
import { Legend } from './Legend'
import { PanelNote } from './PanelNote'
import styles from './saturation.module.css'
import { StepChip } from './StepChip'
import { ThresholdField } from './ThresholdField'

const conventions: readonly { readonly value: View['convention']; readonly label: string }[] = [
  { value: 'paper', label: 'k as published' },
  { value: 'delve', label: 'k − 1, as Delve' },
]

/** The heatmap of saturation by layer and step, with what it is measured by. */
export function SaturationPanel() {
  const section = useRef<HTMLElement>(null)
  const chart = useRef<HTMLDivElement>(null)
  const isLive = useVisible(section)
  const size = useElementSize(chart)
  const run = useRun(isLive)
  const shownStep = useShownStep(isLive)
  const threshold = usePage((state) => state.view.threshold)
  const convention = usePage((state) => state.view.convention)
  const selectedOutput = usePage((state) => state.view.selectedOutput)
  const commands = useCommands()
  const options = useMemo(() => ({ threshold, convention }), [threshold, convention])
  const column = run && shownColumn(run.history.columns, shownStep)
  const selected = Math.min(selectedOutput, (run?.started.outputs.length ?? 1) - 1)

  return (
    <Panel
      title="Saturation"
      note={<PanelNote initialisation={run?.spec.initialisation} />}
      status={<StepChip step={column?.step} />}
      tools={
        <>
          <ThresholdField />
          <Select
            label="Convention of counting directions"
            className={styles['convention']}
            value={convention}
            options={conventions}
            onChange={(value) => commands.setView({ convention: value })}
          />
        </>
      }
      summarise={() => summarise(run, column, options)}
      element={section}
    >
      <div ref={chart} className={styles['chart']}>
        {run && size && <Heatmap {...{ run, size, options, selected, shownStep }} />}
        {column === undefined && (
          <p className={styles['waiting']}>The first column appears as soon as it is measured.</p>
        )}
      </div>
      <Legend />
    </Panel>
  )
}

/** “At step 400, δ 99 %: hidden 1 32 %, hidden 2 17 %, output 70 %.” */
function summarise(run: RunState | undefined, column: HistoryColumn | undefined, options: SpectrumOptions): string {
  if (!run || !column) return 'Nothing measured yet.'
  const layers = run.started.outputs.map((output, index) => {
    const measured = column.spectra[index]
    const spectrum = measured && describeSpectrum(measured, output.width, options)
    if (!spectrum) return `${output.name} not measured`
    return `${output.name} ${spectrum.state === 'ok' ? formatShare(spectrum.saturation) : spectrum.state}`
  })
  return `At step ${formatCount(column.step)}, δ ${formatThreshold(options.threshold)}: ${layers.join(', ')}.`
}
