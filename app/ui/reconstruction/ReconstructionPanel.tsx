import { useRef } from 'react'
import type { RunState } from '../../runs/state'
import { formatMeasure } from '../charts/numbers'
import { Panel } from '../charts/Panel'
import { useRun } from '../charts/useRun'
import { useVisible } from '../charts/useVisible'
import { formatCount } from '../common/format'
import { Pairs } from './Pairs'
import styles from './reconstruction.module.css'

/** For an autoencoder of images: a few of them, and what the network makes of each. */
export function ReconstructionPanel() {
  const section = useRef<HTMLElement>(null)
  const isLive = useVisible(section)
  const run = useRun(isLive)
  const pictures = run?.started.pictures
  const made = run?.reconstruction
  return (
    <Panel
      title="Reconstruction"
      term="reconstruction"
      note={made && `step ${formatCount(made.step)}`}
      summarise={() => (run ? summarise(run) : 'Nothing is reconstructed.')}
      element={section}
    >
      {run && pictures && (
        <>
          <Pairs kind={run.spec.data.kind} shape={run.started.data.shape} pictures={pictures} reconstruction={made} />
          <p className={styles['key']}>above: {pictures.part} · below: output · mean squared error</p>
        </>
      )}
    </Panel>
  )
}

function summarise({ started: { pictures }, reconstruction }: RunState): string {
  if (!pictures) return 'The data are no images.'
  const samples = `${pictures.rows.length} ${pictures.part} samples`
  if (!reconstruction) return `${samples}, of which the network has made nothing yet.`
  const mean = reconstruction.errors.reduce((sum, error) => sum + error, 0) / reconstruction.errors.length
  return (
    `${samples}, each above what the network makes of it at step ${formatCount(reconstruction.step)}; ` +
    `their mean squared error is ${formatMeasure(mean)}.`
  )
}
