import { useCallback } from 'react'
import { useThemeKey } from '../charts/theme'
import type { DataSummary } from './describeData'
import { drawThumbnails, thumbnailLayout } from './drawThumbnails'
import styles from './Thumbnails.module.css'

/** A few of the images; nothing for data that has none. */
export function Thumbnails({ data }: { readonly data: DataSummary }) {
  const theme = useThemeKey()
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (canvas) drawThumbnails(canvas, data)
    },
    [data],
  )
  if (data.sampleShape.length !== 3) return null
  const { width, height } = thumbnailLayout(data.sampleShape)
  return (
    <figure aria-label={`${data.preview.count} of the training images`}>
      {/* The ink is the theme's, so another theme gets another canvas. */}
      <canvas key={theme} ref={draw} width={width} height={height} className={styles['thumbnails']} />
    </figure>
  )
}
