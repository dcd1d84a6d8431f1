import { useId, useMemo, useRef, useState } from 'react'
import { activeContender } from '../../runs/contenders'
import { shownColumn } from '../charts/history'
import { Panel } from '../charts/Panel'
import { useRun, useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { Button } from '../common/Button'
import { formatCount } from '../common/format'
import { runLooks } from '../compare/runLook'
import { usePage } from '../pageContext'
import styles from './depth.module.css'
import { DepthPlots } from './DepthPlots'
import { depthRows, probesAt } from './depthRows'
import { describeDepthRow, summariseDepth } from './depthText'
import { ProbeTools } from './ProbeTools'

/** Numbers that are read more than watched: four times a second. */
const restMillis = 250

/**
 * Saturation, probe accuracy and receptive field over depth, on one axis: the picture of the papers, live (M. L. Richter
 * et al. 2021, “Should You Go Deeper?”).
 */
export function DepthPanel() {
  const section = useRef<HTMLElement>(null)
  const bodyId = useId()
  const isLive = useVisible(section)
  const run = useRun(isLive, restMillis)
  const shownStep = useShownStep(isLive)
  const letter = usePage((state) => activeContender(state).letter)
  const threshold = usePage((state) => state.view.threshold)
  const convention = usePage((state) => state.view.convention)
  const [isOpen, setOpen] = useState(true)
  const [hovered, setHovered] = useState<number>()

  const column = run && shownColumn(run.history.columns, shownStep)
  const probes = run && probesAt(run.probes.measured, shownStep)
  const rows = useMemo(() => {
    if (!run) return []
    const { spec, started } = run
    const { outputs, data } = started
    return depthRows({ spec, outputs, shape: data.shape, column, probes, reading: { threshold, convention } })
  }, [run, column, probes, threshold, convention])
  const earlier = run?.probes.measured.filter((before) => before.step < (probes?.step ?? -1)) ?? []
  const row = hovered === undefined ? undefined : rows[hovered]
  const failure = run?.probes.failure
  return (
    <Panel
      title="Depth"
      note={row ? describeDepthRow(row) : describeSteps(column?.step, probes?.step)}
      tools={
        <>
          <ProbeTools run={run} />
          <Button look="quiet" aria-expanded={isOpen} aria-controls={bodyId} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide' : 'Show'}
          </Button>
        </>
      }
      summarise={() => summariseDepth(rows)}
      element={section}
    >
      <output className={styles['failure']}>{failure}</output>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen && run && rows.length > 0 && (
          <DepthPlots
            {...{ rows, probes, earlier, hovered }}
            shape={run.started.data.shape}
            colour={runLooks[letter].colour}
            onHover={setHovered}
          />
        )}
      </div>
    </Panel>
  )
}

function describeSteps(column: number | undefined, probes: number | undefined): string {
  if (column === undefined) return 'Nothing measured yet.'
  const saturation = `saturation at step ${formatCount(column)}`
  return probes === undefined ? saturation : `${saturation} · probes at step ${formatCount(probes)}`
}
