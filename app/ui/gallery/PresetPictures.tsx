import { RunMark } from '../compare/RunMark'
import styles from './gallery.module.css'
import { PresetPicture } from './PresetPicture'
import type { Thumbnail } from './thumbnails'

/** What a preset's run looked like; of a race both, one beside the other. */
export function PresetPictures({ thumbnail }: { readonly thumbnail: Thumbnail }) {
  const { layers, against } = thumbnail
  if (!against) return <PresetPicture layers={layers} />
  return (
    <span className={styles['race']} aria-hidden="true">
      <RunMark letter="A" />
      <RunMark letter="B" />
      <PresetPicture layers={layers} />
      <PresetPicture layers={against.layers} />
    </span>
  )
}
