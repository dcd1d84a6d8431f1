import type { RunState } from '../../runs/state'
import { Button } from '../common/Button'
import { useCommands } from '../pageContext'
import styles from './depth.module.css'
import { whyNoProbes } from './depthRows'

/** Asks for linear probes of the run as it is now, and shows how far they are. */
export function ProbeTools({ run }: { readonly run: RunState | undefined }) {
  const commands = useCommands()
  const underWay = run?.probes.underWay
  const refusal = run && whyNoProbes(run.started.data)
  if (refusal !== undefined) return <span className={styles['refusal']}>{refusal}</span>
  if (underWay === undefined) {
    return (
      <Button
        disabled={!run}
        title="Fits a linear classifier to each layer at the present weights; training goes on"
        onClick={() => commands.measureProbes()}
      >
        Measure probes
      </Button>
    )
  }
  return (
    <>
      <progress className={styles['progress']} value={underWay} max={1} aria-label="Measuring linear probes" />
      <Button onClick={() => commands.cancelProbes()}>Stop measuring</Button>
    </>
  )
}
