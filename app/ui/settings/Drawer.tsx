import { useEffect, useRef } from 'react'
import { Button, IconButton } from '../common/Button'
import { Icon } from '../common/Icon'
import { UndoButtons } from '../controls/UndoButtons'
import { usePage } from '../pageContext'
import styles from './Drawer.module.css'
import { Workbench } from './Workbench'

/** A phone's workbench: a sheet from the bottom, above the charts that go on behind it. */
export function Drawer() {
  const sheet = useRef<HTMLDialogElement>(null)
  const hasFiles = usePage((state) => state.files.kind !== 'none')
  // Files dropped on a narrow window are answered in here.
  useEffect(() => {
    if (hasFiles && sheet.current?.open === false) sheet.current.showModal()
  }, [hasFiles])
  return (
    <>
      <Button className={styles['open']} aria-haspopup="dialog" onClick={() => sheet.current?.showModal()}>
        <Icon name="sliders" />
        <span className={styles['word']}>Set up</span>
      </Button>
      <dialog
        ref={sheet}
        className={styles['sheet']}
        aria-label="Network and settings"
        // A tap beside it closes it, in browsers that know the attribute.
        closedby="any"
      >
        <div className={styles['content']}>
          <div className={styles['grip']}>
            <strong>Set up</strong>
            <div className={styles['tools']}>
              <UndoButtons />
              <IconButton icon="close" label="Close" onClick={() => sheet.current?.close()} />
            </div>
          </div>
          <Workbench />
        </div>
      </dialog>
    </>
  )
}
