import { useMemo, useRef, useState } from 'react'
import { activeContender, freeLetter } from '../../runs/contenders'
import { findInsights } from '../../runs/insights'
import { evidenceOf } from '../../runs/insights/evidence'
import type { Insight } from '../../runs/insights/insight'
import type { RunState } from '../../runs/state'
import { Panel } from '../charts/Panel'
import { useRun } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { Button } from '../common/Button'
import { Select } from '../common/Select'
import { useCommands, usePage } from '../pageContext'
import { InsightCard } from './InsightCard'
import styles from './insights.module.css'
import { StudyCard } from './StudyCard'
import { useHighlight } from './useHighlight'

/** Rules look at the whole history; what they say changes slowly. */
const millisBetweenLooks = 1_500

const noInsights: readonly Insight[] = []

/** What can be read from the active run as hypotheses, and the studies that test them. */
export function InsightsPanel() {
  const section = useRef<HTMLElement>(null)
  const isLive = useVisible(section)
  // One at a time: the charts can mark the evidence of one.
  const [openKey, setOpenKey] = useState<string>()
  // What is marked in the charts above stays up to date while they are looked at.
  const run = useRun(isLive || openKey !== undefined, millisBetweenLooks)
  const letter = usePage((state) => activeContender(state).letter)
  const free = usePage(freeLetter)
  const studies = usePage((state) => state.studies)
  const insights = useMemo(() => (run ? findInsights(evidenceOf(run)) : noInsights), [run])
  useHighlight(
    insights.find((insight) => keyOf(insight) === openKey),
    run,
    letter,
  )
  return (
    <Panel
      title="Insights"
      term="insight"
      note={insights.length === 0 ? describeNothing(run) : undefined}
      tools={<StudyTools isReady={run !== undefined} />}
      summarise={() => insights.map(({ sentence }) => sentence).join(' ') || describeNothing(run)}
      element={section}
    >
      <ul className={styles['cards']}>
        {run &&
          insights.map((insight) => (
            <InsightCard
              key={keyOf(insight)}
              {...{ insight, run, letter, free }}
              isOpen={keyOf(insight) === openKey}
              onToggle={(isOpen) => setOpenKey(isOpen ? keyOf(insight) : undefined)}
            />
          ))}
        {studies.map((study) => (
          <StudyCard key={study.id} study={study} />
        ))}
      </ul>
    </Panel>
  )
}

/** The same hypothesis keeps its key while its figures change. */
function keyOf({ rule, outputs }: Insight): string {
  return `${rule} ${outputs.join(' ')}`
}

function describeNothing(run: RunState | undefined): string {
  if (!run || run.step < run.plannedSteps / 10) return 'Too early to say anything.'
  return 'Nothing stands out: every layer earns its width so far.'
}

const seedCounts = [
  { value: '3', label: '3 seeds' },
  { value: '5', label: '5 seeds' },
  { value: '10', label: '10 seeds' },
] as const

const tolerances = [
  { value: '0.002', label: 'lose ≤ 0.2 points' },
  { value: '0.005', label: 'lose ≤ 0.5 points' },
  { value: '0.01', label: 'lose ≤ 1 point' },
  { value: '0.02', label: 'lose ≤ 2 points' },
] as const

/** Studies that need no insight. */
function StudyTools({ isReady }: { readonly isReady: boolean }) {
  const commands = useCommands()
  const [seeds, setSeeds] = useState<(typeof seedCounts)[number]['value']>('3')
  const [tolerance, setTolerance] = useState<(typeof tolerances)[number]['value']>('0.005')
  return (
    <>
      <span className={styles['tool']}>
        <Button
          look="quiet"
          disabled={!isReady}
          title="Trains every run again from other seeds, in the background: how much of a difference is chance?"
          onClick={() => commands.repeatSeeds(Number(seeds))}
        >
          Repeat
        </Button>
        <Select label="Seeds to repeat from" value={seeds} options={seedCounts} onChange={setSeeds} />
      </span>
      <span className={styles['tool']}>
        <Button
          look="quiet"
          disabled={!isReady}
          title="Cuts tails and shrinks idle layers, in the background, for as long as held-out accuracy holds"
          onClick={() => commands.slimDown(Number(tolerance))}
        >
          Slim down
        </Button>
        <Select label="Accuracy that may be lost" value={tolerance} options={tolerances} onChange={setTolerance} />
      </span>
    </>
  )
}
