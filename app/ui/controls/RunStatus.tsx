import { leadingRun } from '../../runs/contenders'
import { visuallyHidden } from '../common/visuallyHidden'
import { usePage } from '../pageContext'
import { announceRun } from './describeRun'

/** Tells screen readers when the run begins, pauses or ends; silent in between. */
export function RunStatus() {
  const announcement = usePage((state) => announceRun(leadingRun(state)))
  return (
    <output className={visuallyHidden} aria-live="polite">
      {announcement}
    </output>
  )
}
