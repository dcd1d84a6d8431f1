import { useState } from 'react'
import { presets, referenceDefault } from '../../experiment/presets'
import type { ExperimentSpec } from '../../experiment/spec'
import { IconButton } from '../common/Button'
import { recall, remember } from '../common/memory'
import { usePage } from '../pageContext'
import styles from './Notices.module.css'

/** One line on what to look at: at the first visit, and again when another preset is chosen. */
export function Hint() {
  const name = usePage((state) => state.draft.spec.name)
  const lookAt = usePage((state) => whatToLookAt(state.draft.spec))
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

/** The preset's own words; two presets may share a title and differ in size. */
function whatToLookAt({ name, layers }: ExperimentSpec): string {
  const named = [...presets, referenceDefault].filter((preset) => preset.title === name)
  const exact = named.find((preset) => preset.document.layers?.[0]?.units === layers[0]?.units)
  return (exact ?? named[0])?.lookAt ?? 'The darker a row, the fewer of its directions the layer uses.'
}
