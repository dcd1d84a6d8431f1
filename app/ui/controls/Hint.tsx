import { useMemo, useState } from 'react'
import { activeDraft } from '../../runs/contenders'
import { IconButton } from '../common/Button'
import { recall, remember } from '../common/memory'
import { usePresets } from '../common/usePresets'
import { usePage } from '../pageContext'
import styles from './Notices.module.css'
import { whatToLookAt } from './whatToLookAt'

/** One line on what to look at: at the first visit, and again when another preset is chosen. */
export function Hint() {
  const spec = usePage((state) => activeDraft(state).spec)
  const { name } = spec
  const presets = usePresets(name)
  const lookAt = useMemo(() => presets && whatToLookAt(spec, presets), [presets, spec])
  const [dismissedName, setDismissedName] = useState(() => (recall('hint-seen') !== undefined ? name : undefined))
  if (dismissedName === name) return null
  const dismiss = () => {
    remember('hint-seen', '1')
    setDismissedName(name)
  }
  return (
    <div className={styles['notice']}>
      <p className={styles['text']}>
        <strong>Each row is a layer, time runs to the right.</strong> {lookAt}
      </p>
      <IconButton icon="close" label="Dismiss this line" onClick={dismiss} />
    </div>
  )
}
