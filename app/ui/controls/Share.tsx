import { useEffect, useId, useState } from 'react'
import { writeRaceLink } from '../../experiment/raceLink'
import { IconButton } from '../common/Button'
import fieldStyles from '../common/fields.module.css'
import { visuallyHidden } from '../common/visuallyHidden'
import { usePage } from '../pageContext'
import styles from './Share.module.css'
import { validSpec } from '../../runs/draftFaults'

const shownMillis = 4_000

/** Copies a link that carries the whole experiment; where copying is forbidden the link is shown to be copied by hand. */
export function Share() {
  const contenders = usePage((state) => state.contenders)
  const [link, setLink] = useState<{ readonly text: string; readonly isCopied: boolean } | undefined>(undefined)
  const noteId = useId()

  useEffect(() => {
    if (!link?.isCopied) return undefined
    const timer = setTimeout(() => setLink(undefined), shownMillis)
    return () => clearTimeout(timer)
  }, [link])

  const share = async () => {
    const text = new URL(writeRaceLink(contenders.map(validSpec)), window.location.href).href
    const isCopied = await copyText(text)
    setLink({ text, isCopied })
  }

  return (
    <div className={styles['share']}>
      <IconButton
        icon={link?.isCopied ? 'check' : 'share'}
        label={contenders.length > 1 ? 'Copy a link to these experiments' : 'Copy a link to this experiment'}
        aria-describedby={noteId}
        onClick={() => void share()}
      />
      <output id={noteId} className={link?.isCopied ? styles['note'] : visuallyHidden}>
        {link?.isCopied && 'Link copied'}
      </output>
      {link && !link.isCopied && (
        <div className={styles['manual']}>
          <input
            ref={selectAll}
            readOnly
            className={fieldStyles['number']}
            aria-label="Link to this experiment"
            value={link.text}
          />
          <IconButton icon="close" label="Close" onClick={() => setLink(undefined)} />
        </div>
      )}
    </div>
  )
}

function selectAll(input: HTMLInputElement | null): void {
  input?.select()
}

/** @returns whether the browser let us; it may refuse without a secure context or a permission. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
