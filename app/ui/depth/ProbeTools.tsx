import { whyNoProbes } from '../../runs/probes'
import type { Letter } from '../../runs/state'
import { Button } from '../common/Button'
import type { LetteredRun } from '../compare/useRuns'
import { useCommands } from '../pageContext'
import styles from './depth.module.css'

interface ProbeToolsProps {
  readonly runs: readonly LetteredRun[]
  readonly active: Letter
}

/** Asks for linear probes of the runs as they are now, and shows how far they are. */
export function ProbeTools({ runs, active }: ProbeToolsProps) {
  const commands = useCommands()
  const underWay = runs.flatMap(({ run }) => run.probes.underWay ?? [])
  const refusals = runs.map(({ run }) => whyNoProbes(run.started.data))
  if (refusals.length > 0 && refusals.every((refusal) => refusal !== undefined)) {
    const own = runs.findIndex(({ letter }) => letter === active)
    return <span className={styles['refusal']}>{refusals[own] ?? refusals[0]}</span>
  }
  if (underWay.length === 0) {
    return (
      <Button
        disabled={runs.length === 0}
        title="Fits a linear classifier to each layer at the present weights; training goes on"
        onClick={() => commands.measureProbes()}
      >
        Measure probes
      </Button>
    )
  }
  return (
    <>
      <progress
        className={styles['progress']}
        value={Math.min(...underWay)}
        max={1}
        aria-label="Measuring linear probes"
      />
      <Button onClick={() => commands.cancelProbes()}>Stop measuring</Button>
    </>
  )
}
