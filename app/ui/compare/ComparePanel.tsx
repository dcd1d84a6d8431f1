import { memo, useDeferredValue, useMemo, useRef, useState } from 'react'
import { classifies } from '../../runs/classifies'
import { networkSize } from '../../runs/comparison'
import type { Letter } from '../../runs/state'
import { Panel } from '../charts/Panel'
import { useShownStep } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { IconButton } from '../common/Button'
import { Segmented } from '../common/Segmented'
import { runCurves } from '../curves/runCurves'
import { usePage } from '../pageContext'
import styles from './compare.module.css'
import { ComparisonTable } from './ComparisonTable'
import { comparisonTable } from './comparisonTable'
import { describeFindings } from './findings'
import { TradeOffPlot } from './TradeOffPlot'
import { useRuns, type LetteredRun } from './useRuns'

/** Numbers that are read, not watched: twice a second. */
const restMillis = 500
/** While the panel is out of sight its one line is still read out, and must not be of long ago. */
const unseenRestMillis = 4_000
/** Training values scatter from batch to batch; where nothing is held out they stand for the run. */
const smoothing = 0.98

const sizes = [
  { value: 'parameters', label: 'parameters', title: 'Weights and biases' },
  { value: 'flops', label: 'FLOPs', title: 'Arithmetic of the forward pass of one sample' },
] as const

/** Two to four runs against each other: what they achieve for their size, what differs, and what came of it. */
export function ComparePanel() {
  const section = useRef<HTMLElement>(null)
  const isLive = useVisible(section)
  const started = useRuns(isLive, restMillis)
  const baseline = usePage((state) => state.baseline)
  const runs = useMemo(() => baselineFirst(started, baseline), [started, baseline])
  const [size, setSize] = useState<'parameters' | 'flops'>('parameters')
  const told = useRuns(true, isLive ? restMillis : unseenRestMillis)
  const findings = useMemo(() => describeFindings(baselineFirst(told, baseline)), [told, baseline])
  return (
    <Panel
      title="Comparison"
      note={findings}
      tools={
        <>
          <Segmented label="Size of the network" value={size} options={sizes} onChange={setSize} />
          <IconButton
            icon="chevron"
            label="Scroll to the comparison"
            className={styles['reveal']}
            onClick={() => section.current?.scrollIntoView()}
          />
        </>
      }
      summarise={() => findings}
      element={section}
    >
      {runs.length > 1 && <Comparison runs={runs} size={size} isLive={isLive} />}
    </Panel>
  )
}

interface ComparisonProps {
  readonly runs: readonly LetteredRun[]
  readonly size: 'parameters' | 'flops'
  readonly isLive: boolean
}

const Comparison = memo(function Comparison({ runs, size, isLive }: ComparisonProps) {
  // The crosshair itself must not wait for the table.
  const shownStep = useDeferredValue(useShownStep(isLive))
  const threshold = usePage((state) => state.view.threshold)
  const convention = usePage((state) => state.view.convention)
  const isClassification = runs.every(({ run }) => classifies(run))
  const quantity = isClassification ? 'accuracy' : 'loss'
  const curves = useMemo(() => runs.map((run) => runCurves(run, quantity, smoothing)), [runs, quantity])
  const counts = useMemo(() => runs.map(({ run }) => networkSize(run)[size]), [runs, size])
  const groups = useMemo(
    () =>
      comparisonTable(
        runs.map(({ run }) => run),
        shownStep,
        { threshold, convention },
      ),
    [runs, shownStep, threshold, convention],
  )
  return (
    <div className={styles['body']}>
      <TradeOffPlot
        {...{ runs, curves, quantity, shownStep }}
        sizes={counts}
        unit={size === 'flops' ? 'FLOPs a sample' : 'parameters'}
      />
      <ComparisonTable runs={runs} groups={groups} />
    </div>
  )
})

function baselineFirst(runs: readonly LetteredRun[], baseline: Letter): readonly LetteredRun[] {
  return runs.toSorted((one, other) => Number(other.letter === baseline) - Number(one.letter === baseline))
}
