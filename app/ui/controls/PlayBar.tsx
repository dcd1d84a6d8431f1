import type { ReactNode } from 'react'
import { leadingRun } from '../../runs/contenders'
import { IconButton } from '../common/Button'
import { Hideable } from '../common/Hideable'
import { Segmented } from '../common/Segmented'
import { useCommands, usePage } from '../pageContext'
import styles from './PlayBar.module.css'
import { canPlay, canStep } from './describeRun'
import { Progress } from './Progress'
import { RunReadout, StepReadout } from './RunReadout'

const paces = [
  { value: 'watch', label: 'watch', title: 'Spread the run over about a minute, to see it happen (M)' },
  { value: 'max', label: 'max', title: 'As fast as this machine can; the results are the same (M)' },
] as const

/** Everything that moves a run along. `extra` is what a phone adds: the way to the drawer. */
export function PlayBar({ extra }: { readonly extra?: ReactNode }) {
  const commands = useCommands()
  const pace = usePage((state) => state.pace)
  const isReady = usePage((state) => leadingRun(state) !== undefined)
  const isSteppable = usePage((state) => canStep(leadingRun(state)))
  const isAlone = usePage((state) => state.contenders.length === 1)
  return (
    <section className={styles['bar']} aria-label="Run">
      <div className={styles['buttons']}>
        <Hideable part="play">
          <PlayButton />
          <IconButton
            icon="step"
            label="One step"
            shortcut="."
            disabled={!isSteppable}
            onClick={() => commands.step()}
          />
          <IconButton
            icon="reset"
            label={isAlone ? 'Start again from step 0' : 'Start all runs again from step 0'}
            shortcut="R"
            disabled={!isReady}
            onClick={() => commands.reset()}
          />
        </Hideable>
        <Hideable part="pace">
          <Segmented label="Pace" value={pace} options={paces} onChange={(next) => commands.setPace(next)} />
        </Hideable>
        {extra}
      </div>
      <StepReadout />
      <Progress />
      <Hideable part="readout">
        <RunReadout />
      </Hideable>
    </section>
  )
}

/** Play or pause. */
function PlayButton() {
  const commands = useCommands()
  const isPlaying = usePage((state) => leadingRun(state)?.playing ?? false)
  const isPlayable = usePage((state) => canPlay(leadingRun(state)))
  if (isPlaying) {
    return (
      <IconButton
        look="strong"
        className={styles['play']}
        icon="pause"
        label="Pause"
        shortcut="Space"
        onClick={() => commands.pause()}
      />
    )
  }
  return (
    <IconButton
      look="strong"
      className={styles['play']}
      icon="play"
      label="Play"
      shortcut="Space"
      disabled={!isPlayable}
      onClick={() => commands.play()}
    />
  )
}
