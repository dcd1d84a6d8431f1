import { useEffect, useId, useRef, useState } from 'react'
import { Panel } from '../charts/Panel'
import { useVisible } from '../charts/useVisible'
import { useWatching } from '../charts/useWatching'
import { Button } from '../common/Button'
import { formatCount } from '../common/format'
import { useCommands, usePage } from '../pageContext'
import { LayerList } from './LayerList'
import { summariseAnswer } from './mapText'
import { Prediction } from './Prediction'
import { SamplePicker } from './SamplePicker'
import styles from './tryIt.module.css'

/** One sample, chosen or drawn, on its way through the active run's network, live. */
export function TryItPanel() {
  const section = useRef<HTMLElement>(null)
  const bodyId = useId()
  const commands = useCommands()
  const [isOpen, setOpen] = useState(true)
  const isWatched = useWatching(useVisible(section) && isOpen)
  useEffect(() => {
    commands.watchInspection({ isWatched })
    return () => commands.watchInspection({ isWatched: false })
  }, [commands, isWatched])
  const seen = usePage((state) => state.inspection.seen)
  const page = usePage((state) => state.inspection.page)
  const failure = usePage((state) => state.inspection.failure)
  return (
    <Panel
      title="Try it"
      note={seen ? `step ${formatCount(seen.step)}` : 'Choose a sample, or draw one.'}
      tools={
        <Button look="quiet" aria-expanded={isOpen} aria-controls={bodyId} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Show'}
        </Button>
      }
      summarise={() => (seen ? summariseAnswer(seen) : 'Nothing was tried yet.')}
      element={section}
    >
      <output className={styles['failure']}>{failure}</output>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen && seen && page && (
          <div className={styles['body']}>
            <SamplePicker seen={seen} page={page} />
            <Prediction seen={seen} />
            <LayerList />
          </div>
        )}
      </div>
    </Panel>
  )
}
