import { formatCount } from '../common/format'
import { useCommands, usePage } from '../pageContext'
import { followNewest } from './heatmapKeys'
import styles from './saturation.module.css'

/** Which step is shown. While one is pinned, the way back to the newest; the place it takes never changes. */
export function StepChip({ step }: { readonly step: number | undefined }) {
  const commands = useCommands()
  const pinnedStep = usePage((state) => state.view.pinnedStep)
  if (pinnedStep === undefined) {
    return <span className={styles['chip']}>{step === undefined ? '' : `step ${formatCount(step)}`}</span>
  }
  return (
    <button type="button" className={styles['chip']} onClick={() => commands.setView(followNewest)} title="Escape">
      step {formatCount(pinnedStep)} — follow live
    </button>
  )
}
