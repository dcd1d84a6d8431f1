import { useId, useMemo, useRef, useState } from 'react'
import { activeContender } from '../../runs/contenders'
import { Panel } from '../charts/Panel'
import { useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { Button } from '../common/Button'
import { useRuns } from '../compare/useRuns'
import { usePage } from '../pageContext'
import styles from './depth.module.css'
import { DepthPlots } from './DepthPlots'
import { describeDepth } from './depthRuns'
import { describeLayer, describeSteps, summariseDepth } from './depthText'
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
  const runs = useRuns(isLive, restMillis)
  const step = useShownStep(isLive)
  const letter = usePage((state) => activeContender(state).letter)
  const threshold = usePage((state) => state.view.threshold)
  const convention = usePage((state) => state.view.convention)
  const [isOpen, setOpen] = useState(true)
  const [hovered, setHovered] = useState<number>()

  const depth = useMemo(
    () => describeDepth(runs, letter, { step, reading: { threshold, convention } }),
    [runs, letter, step, threshold, convention],
  )
  const layer = hovered !== undefined && hovered < (depth?.names.length ?? 0) ? hovered : undefined
  return (
    <Panel
      title="Depth"
      note={depth && layer !== undefined ? describeLayer(depth, layer) : describeSteps(depth)}
      tools={
        <>
          <ProbeTools runs={runs} active={letter} />
          <Button look="quiet" aria-expanded={isOpen} aria-controls={bodyId} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Hide' : 'Show'}
          </Button>
        </>
      }
      summarise={() => summariseDepth(depth)}
      element={section}
    >
      <output className={styles['failure']}>
        {runs.flatMap(({ letter: of, run }) => {
          const { failure } = run.probes
          return failure === undefined ? [] : runs.length > 1 ? `${of}: ${failure} ` : failure
        })}
      </output>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen && depth && depth.names.length > 0 && <DepthPlots depth={depth} hovered={layer} onHover={setHovered} />}
      </div>
    </Panel>
  )
}
