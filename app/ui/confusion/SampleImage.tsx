import { useCallback } from 'react'
import type { TensorShape } from '../../experiment/tensorShape'
import { useThemeKey } from '../charts/theme'
import { inkOf, toImage, type ValueRange } from '../common/sampleImage'
import styles from './confusion.module.css'

interface SampleImageProps {
  /** [height, width, channels]; undefined: nothing yet, in the same place. */
  readonly pixels: Float32Array | undefined
  readonly shape: TensorShape
  readonly range: ValueRange
  /** Grey images that are none are drawn in ink. */
  readonly isPhotograph: boolean
}

/** An image of the data, pixel by pixel; CSS gives its size. */
export function SampleImage({ pixels, shape, range, isPhotograph }: SampleImageProps) {
  const theme = useThemeKey()
  const { low, high } = range
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      const context = canvas?.getContext('2d')
      if (!canvas || !context) return
      context.clearRect(0, 0, canvas.width, canvas.height)
      const ink = isPhotograph ? undefined : inkOf(canvas)
      if (pixels) context.putImageData(toImage(pixels, shape, { low, high }, ink), 0, 0)
    },
    [pixels, shape, low, high, isPhotograph],
  )
  // The ink is the theme's, so another theme gets another canvas.
  return (
    <canvas
      key={theme}
      ref={draw}
      width={shape.width}
      height={shape.height}
      className={styles['image']}
      aria-hidden="true"
    />
  )
}
