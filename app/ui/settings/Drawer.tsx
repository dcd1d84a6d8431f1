import { useEffect, useRef } from 'react'
import { Button } from '../common/Button'
import { Icon } from '../common/Icon'
import { Sheet } from '../common/Sheet'
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
      <Sheet
        ref={sheet}
        className={styles['sheet']}
        label="Network and settings"
        title={<strong>Set up</strong>}
        tools={<UndoButtons />}
      >
        <Workbench />
      </Sheet>
    </>
  )
}
