import { useMemo, useRef, useState } from 'react'
import { activeDraft } from '../../runs/contenders'
import { Button } from '../common/Button'
import { Icon } from '../common/Icon'
import { Sheet } from '../common/Sheet'
import { visuallyHidden } from '../common/visuallyHidden'
import { Loaded } from '../common/Loaded'
import { usePresets } from '../common/usePresets'
import { usePage } from '../pageContext'
import { originOf } from './currentPreset'
import styles from './GalleryButton.module.css'

const loadGallery = async () => (await import('./Gallery')).Gallery

/** The name of the experiment on screen, and what opens the gallery of presets: a dialog, on a phone the whole screen. */
export function GalleryButton() {
  const spec = usePage((state) => activeDraft(state).spec)
  const presets = usePresets(spec.name)
  const isEdited = useMemo(() => presets !== undefined && originOf(spec, presets).isEdited, [presets, spec])
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const sheet = useRef<HTMLDialogElement>(null)

  const open = () => {
    setOpen(true)
    sheet.current?.showModal()
  }
  const close = () => sheet.current?.close()
  const onClose = () => {
    setOpen(false)
    // Browsers that give no focus to a button when it is clicked would not return it either.
    button.current?.focus()
  }
  return (
    <>
      <Button ref={button} className={styles['trigger']} aria-haspopup="dialog" onClick={open}>
        <span className={visuallyHidden}>Experiment: </span>
        <span className={styles['current']}>{spec.name}</span>
        {isEdited && (
          <span className={styles['edited']}>
            <span className={styles['word']}>edited</span>
          </span>
        )}
        <Icon name="chevron" />
      </Button>
      <Sheet
        ref={sheet}
        className={styles['sheet']}
        label="Experiments"
        title={<h2 className={styles['title']}>Experiments</h2>}
        onClose={onClose}
      >
        {isOpen && (
          <Loaded load={loadGallery} props={{ onChosen: close }} failure="The experiments could not be loaded." />
        )}
      </Sheet>
    </>
  )
}
