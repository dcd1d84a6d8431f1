import { useId } from 'react'
import type { Preset } from '../../experiment/preset'
import { Icon } from '../common/Icon'
import { Citation } from '../glossary/Citation'
import { CardFacts } from './CardFacts'
import styles from './gallery.module.css'
import { PresetPictures } from './PresetPictures'
import { presetSources } from './presetSources'
import { thumbnails } from './thumbnails'

interface PresetCardProps {
  readonly preset: Preset
  /** `edited`: it is on screen, changed; choosing it takes the changes back. */
  readonly status: 'current' | 'edited' | 'other'
  readonly onChoose: () => void
}

const marks = { current: 'on screen', edited: 'on screen, edited' }

/** A preset: its picture, what it is, and what to look at. Its title is the button, stretched over the whole card. */
export function PresetCard({ preset, status, onChoose }: PresetCardProps) {
  const textId = useId()
  const thumbnail = thumbnails[preset.id]
  const source = presetSources[preset.id]
  return (
    <li className={styles['card']}>
      {thumbnail && <PresetPictures thumbnail={thumbnail} />}
      <div className={styles['headline']}>
        <button
          type="button"
          className={styles['title']}
          aria-current={status !== 'other'}
          aria-describedby={textId}
          title={status === 'edited' ? 'Back to how it was before the edits' : undefined}
          onClick={onChoose}
        >
          {preset.title}
        </button>
        {status !== 'other' && (
          <span className={styles['mark']}>
            <Icon name="check" />
            {marks[status]}
          </span>
        )}
      </div>
      <div id={textId} className={styles['text']}>
        <p className={styles['description']}>{preset.description}</p>
        <p>{preset.lookAt}</p>
        {preset.measured !== undefined && <p>{preset.measured}</p>}
        <CardFacts preset={preset} thumbnail={thumbnail} />
      </div>
      {source && (
        <p className={styles['source']}>
          <Citation source={source} />
        </p>
      )}
    </li>
  )
}
