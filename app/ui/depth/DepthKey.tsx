import { Term } from '../common/Term'
import { RunStroke } from '../compare/RunStroke'
import { runLooks } from '../compare/runLook'
import styles from './depth.module.css'
import { lettered, type Depth } from './depthRuns'

/** What bars, strokes and dots mean; of several runs, which line is whose. */
export function DepthKey({ depth }: { readonly depth: Depth }) {
  const { active, others } = depth
  const { colour } = runLooks[active.letter]
  return (
    <span className={styles['legend']}>
      <span className={styles['barKey']} style={{ background: `var(${colour})` }} />
      <Term name="saturation" id="saturation" look="quiet" />
      <span className={styles['probeKey']} style={others.length > 0 ? { background: `var(${colour})` } : undefined} />
      <Term name="linear probe" id="linearProbe" look="quiet" />
      {others.length === 0 ? (
        describeProbes(active)
      ) : (
        <span className={styles['runKeys']}>
          {lettered(depth).map(({ letter }) => (
            <span key={letter} className={styles['runKey']}>
              <RunStroke letter={letter} /> {letter === active.letter ? <b>{letter}</b> : letter}
            </span>
          ))}
        </span>
      )}
    </span>
  )
}

function describeProbes({ probes, wasProbed }: Depth['active']): string {
  if (probes) return 'accuracy'
  return wasProbed ? 'accuracy, none so early' : 'accuracy, not measured yet'
}
