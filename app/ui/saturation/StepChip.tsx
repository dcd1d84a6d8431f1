import { freeLetter } from '../../runs/contenders'
import { formatCount } from '../common/format'
import { useCommands, usePage } from '../pageContext'
import { useIsShown } from '../pageOptionsContext'
import { followNewest } from './heatmapKeys'
import styles from './saturation.module.css'

/** Which step is shown. While one is pinned, the way back to the newest; the place it takes never changes. */
export function StepChip({ step }: { readonly step: number | undefined }) {
  const commands = useCommands()
  const pinnedStep = usePage((state) => state.view.pinnedStep)
  const free = usePage(freeLetter)
  const isAddable = useIsShown('runs')
  if (pinnedStep === undefined) {
    return <span className={styles['chip']}>{step === undefined ? '' : `step ${formatCount(step)}`}</span>
  }
  return (
    <>
      <button type="button" className={styles['chip']} onClick={() => commands.setView(followNewest)} title="Escape">
        step {formatCount(pinnedStep)} — follow live
      </button>
      {free && isAddable && (
        <button
          type="button"
          className={styles['chip']}
          onClick={() => commands.fork({ atStep: pinnedStep })}
          title={`Starts run ${free} here, with the weights of this step (F)`}
        >
          fork as {free}
        </button>
      )}
    </>
  )
}
