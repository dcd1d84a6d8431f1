import { useEffect, useRef } from 'react'
import { useThemeKey } from '../charts/theme'
import type { DataSummary } from './describeData'
import { drawThumbnails, thumbnailLayout } from './drawThumbnails'
import styles from './Thumbnails.module.css'

/** A few of the images; nothing for data that has none. */
export function Thumbnails({ data }: { readonly data: DataSummary }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useThemeKey()
  useEffect(() => {
    if (canvas.current) drawThumbnails(canvas.current, data)
  }, [data, theme])
  if (data.sampleShape.length !== 3) return null
  const { width, height } = thumbnailLayout(data.sampleShape)
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={styles['thumbnails']}
      role="img"
      aria-label={`${data.preview.count} of the training images`}
    />
  )
}
