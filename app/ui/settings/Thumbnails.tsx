import { useCallback, type PointerEvent } from 'react'
import { showsPhotographs } from '../../experiment/dataKinds'
import type { DataKind } from '../../experiment/dataSpec'
import { positionsOf } from '../../experiment/tensorShape'
import { useThemeKey } from '../charts/theme'
import type { DataSummary } from './describeData'
import { drawThumbnails, labelAt, thumbnailLayout } from './drawThumbnails'
import styles from './Thumbnails.module.css'

/** What the image under the pointer is, as the browser shows titles. */
function showLabel({ currentTarget, nativeEvent }: PointerEvent<HTMLElement>, data: DataSummary): void {
  const { offsetX, offsetY } = nativeEvent
  const { offsetWidth, offsetHeight } = currentTarget
  currentTarget.title = labelAt(data, offsetX / offsetWidth, offsetY / offsetHeight) ?? ''
}

interface ThumbnailsProps {
  readonly kind: DataKind
  readonly data: DataSummary
}

/** A few of the images; nothing for data that has none. */
export function Thumbnails({ kind, data }: ThumbnailsProps) {
  const theme = useThemeKey()
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (canvas) drawThumbnails(canvas, data, showsPhotographs(kind))
    },
    [kind, data],
  )
  if (positionsOf(data.shape) === 1) return null
  const { width, height } = thumbnailLayout(data.shape)
  return (
    <figure
      aria-label={`${data.preview.count} of the training images`}
      onPointerMove={(event) => showLabel(event, data)}
    >
      {/* The ink is the theme's, so another theme gets another canvas. */}
      <canvas key={theme} ref={draw} width={width} height={height} className={styles['thumbnails']} />
    </figure>
  )
}
