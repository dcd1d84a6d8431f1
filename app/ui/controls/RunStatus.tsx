import { leadingRun } from '../../runs/contenders'
import { visuallyHidden } from '../common/visuallyHidden'
import { usePage } from '../pageContext'
import { announceRun } from './describeRun'

/** Tells screen readers when training begins, pauses or ends; silent in between. */
export function RunStatus() {
  const announcement = usePage((state) => announceRun(leadingRun(state), state.contenders))
  return (
    <output className={visuallyHidden} aria-live="polite">
      {announcement}
    </output>
  )
}
