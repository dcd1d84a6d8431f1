import { useState, type ReactNode } from 'react'
import { activeDraft, activeRun } from '../../runs/contenders'
import { draftRefusal } from '../../runs/draftFaults'
import type { Contender, PageState } from '../../runs/state'
import { Button } from '../common/Button'
import { formatCount } from '../common/format'
import { Hideable } from '../common/Hideable'
import { Icon } from '../common/Icon'
import { joinClasses } from '../common/joinClasses'
import { useCommands, usePage } from '../pageContext'
import { describeUnknown } from '../pageOptions'
import { usePageOptions } from '../pageOptionsContext'
import { Hint } from './Hint'
import styles from './Notices.module.css'

/** What has to be said above the charts: one line for the first visit, and whatever stopped the run. */
export function Notices() {
  return (
    <>
      <PageNotice />
      <UnknownPartsNotice />
      <StopNotice />
      <RefusalNotice />
      <Hideable part="hint">
        <Hint />
      </Hideable>
    </>
  )
}

/** What the page has to say for itself, as that its link is damaged. */
function PageNotice() {
  const notice = usePage((state) => state.notice)
  const commands = useCommands()
  if (notice === undefined) return null
  return <Fault action={<Button onClick={() => commands.dismissNotice()}>Dismiss</Button>}>{notice}</Fault>
}

/** An address that names something to hide which is not there would else look as if it had worked. */
function UnknownPartsNotice() {
  const message = describeUnknown(usePageOptions().unknown)
  const [isDismissed, setDismissed] = useState(false)
  if (message === undefined || isDismissed) return null
  return <Fault action={<Button onClick={() => setDismissed(true)}>Dismiss</Button>}>{message}</Fault>
}

function StopNotice() {
  const broken = usePage(brokenContender)
  const isAlone = usePage((state) => state.contenders.length === 1)
  const commands = useCommands()
  if (!broken?.run?.stop) return null
  const { letter } = broken
  const { stop } = broken.run
  switch (stop.kind) {
    case 'paused':
    case 'finished':
      return null
    case 'non-finite':
      return (
        <Fault
          action={<Button onClick={() => commands.halveLearningRate(letter)}>Halve the learning rate and rerun</Button>}
        >
          {!isAlone && `${letter}: `}
          <strong>Step {formatCount(stop.fault.step)} gave NaN or infinity</strong>, first in {stop.fault.where}.
          Training stopped there; the weights are those of step {formatCount(stop.fault.step - 1)}, the last finite
          ones.
        </Fault>
      )
    case 'device-lost':
      return (
        <Fault action={<Button onClick={() => commands.restartDevice()}>Restart on a fresh device</Button>}>
          <strong>The GPU went away.</strong> {stop.message}
        </Fault>
      )
    case 'failed':
      return (
        <Fault action={<Button onClick={() => commands.reset()}>Start again</Button>}>
          <strong>Training stopped.</strong> {stop.message}
        </Fault>
      )
  }
}

/** Of the runs that broke off the active one, else the first. */
function brokenContender(state: PageState): Contender | undefined {
  const broken = state.contenders.filter(({ run }) => run?.stop && !['paused', 'finished'].includes(run.stop.kind))
  return broken.find(({ letter }) => letter === state.active) ?? broken[0]
}

/** Settings that could not be run, also where their row is folded away; the run on screen is still the one before. */
function RefusalNotice() {
  const message = usePage((state) => draftRefusal(activeDraft(state)))
  const stop = usePage((state) => activeRun(state)?.stop)
  const hasRun = usePage((state) => activeRun(state) !== undefined)
  const isToldAlready = stop?.kind === 'failed' && stop.message === message
  if (message === undefined || isToldAlready) return null
  return (
    <Fault>
      <strong>This cannot be run.</strong> {message}
      {hasRun && ' The run before it stays on screen.'}
    </Fault>
  )
}

function Fault({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div role="alert" className={joinClasses(styles['notice'], styles['fault'])}>
      <Icon name="warning" />
      <p className={styles['text']}>{children}</p>
      {action}
    </div>
  )
}
