import { memo, useMemo, useRef } from 'react'
import { describeSpectrum, type LayerSpectrum } from '../../metrics/layerSpectrum'
import { formatCount } from '../common/format'
import { Segmented } from '../common/Segmented'
import { Term } from '../common/Term'
import { useCommands, usePage } from '../pageContext'
import { shownColumn } from '../charts/history'
import { formatMeasure } from '../charts/numbers'
import { Panel } from '../charts/Panel'
import { useRun, useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { describeCaution, describeDirections } from '../saturation/rowText'
import styles from './spectrum.module.css'
import { SpectrumPlots } from './SpectrumPlots'
import { eigenvalueRange, roundRange } from './spectrumScales'
import { Origin, SpectrumTable } from './SpectrumTable'
import { StateMessage } from './StateMessage'

const scales = [
  { value: 'log', label: 'log' },
  { value: 'linear', label: 'linear' },
] as const

/** Beside the heatmaps of several runs, which are what is watched then, it follows four times a second. */
const restMillis = 240

/** The eigenvalues of the chosen layer at the step shown: what its saturation is counted from. */
export function SpectrumPanel() {
  const section = useRef<HTMLElement>(null)
  const isLive = useVisible(section)
  const isAlone = usePage(({ contenders }) => contenders.length === 1)
  const run = useRun(isLive, isAlone ? 0 : restMillis)
  const shownStep = useShownStep(isLive)
  const selectedOutput = usePage((state) => state.view.selectedOutput)
  const threshold = usePage((state) => state.view.threshold)
  const convention = usePage((state) => state.view.convention)
  const isLog = usePage((state) => state.view.logSpectrum)

  const columns = run?.history.columns
  const index = Math.min(selectedOutput, (run?.started.outputs.length ?? 1) - 1)
  const output = run?.started.outputs[index]
  const range = useMemo(() => roundRange(eigenvalueRange(columns ?? [], index)), [columns, index])
  const column = columns && shownColumn(columns, shownStep)
  const measured = column?.spectra[index]
  const width = output?.width ?? 1
  const spectrum = useMemo(
    () => measured && describeSpectrum(measured, width, { threshold, convention }),
    [measured, width, threshold, convention],
  )
  const fault = spectrum?.state === 'dead' || spectrum?.state === 'non-finite' ? spectrum.state : undefined
  const finding = spectrum ? describeDirections(spectrum, width) : ''

  return (
    <Panel
      title="Spectrum"
      term="spectrum"
      note={column && output ? `${output.name} · step ${formatCount(column.step)}` : undefined}
      tools={<SpectrumTools />}
      summarise={() => (spectrum && output ? summarise(output.name, spectrum, finding) : 'Nothing measured yet.')}
      element={section}
    >
      <div className={styles['body']}>
        <div className={styles['charts']}>
          {measured && spectrum && fault === undefined && (
            <SpectrumPlots
              {...{ measured, spectrum, range, width, isLog, finding }}
              subject={`${output?.name} at step ${formatCount(column?.step ?? 0)}`}
            />
          )}
          {fault !== undefined && <StateMessage state={fault} />}
        </div>
        <SpectrumTable spectrum={spectrum} />
      </div>
      <p className={styles['origin']}>
        {spectrum && <Origin spectrum={spectrum} />}
        {spectrum?.provisional === true && (
          <Term name="provisional" id="provisional" className={styles['provisional']}>
            {describeCaution(spectrum)}
          </Term>
        )}
      </p>
    </Panel>
  )
}

/** Memoised: arriving columns change nothing here. */
const SpectrumTools = memo(function SpectrumTools() {
  const isLog = usePage((state) => state.view.logSpectrum)
  const commands = useCommands()
  return (
    <Segmented
      label="Scale of the spectrum"
      value={isLog ? 'log' : 'linear'}
      options={scales}
      onChange={(scale) => commands.setView({ logSpectrum: scale === 'log' })}
    />
  )
})

function summarise(name: string, spectrum: LayerSpectrum, finding: string): string {
  const { trace, effectiveRank, participationRatio, stableRank } = spectrum
  return (
    `${name}: ${finding}. Total variance ${formatMeasure(trace)}, effective rank ${formatMeasure(effectiveRank)}, ` +
    `participation ratio ${formatMeasure(participationRatio)}, stable rank ${formatMeasure(stableRank)}.`
  )
}
