import { useCallback, type CSSProperties } from 'react'
import type { DataKind } from '../../experiment/dataSpec'
import { showsPhotographs } from '../../experiment/dataKinds'
import type { TensorShape } from '../../experiment/tensorShape'
import { useThemeKey } from '../charts/theme'
import { joinClasses } from './joinClasses'
import styles from './SampleImage.module.css'
import { inkOf, toImage, type ValueRange } from './sampleImage'

interface SampleImageProps {
  /** [height, width, channels]; undefined: nothing yet, in the same place. */
  readonly pixels: Float32Array | undefined
  readonly shape: TensorShape
  readonly range: ValueRange
  /** Of the data: grey images that are no photographs are drawn in ink. */
  readonly kind: DataKind | undefined
  readonly className?: string | undefined
  readonly style?: CSSProperties
  /** Left out where the text beside it says what it is. */
  readonly label?: string
}

/** An image of the data, pixel by pixel; as large as its place. */
export function SampleImage({ pixels, shape, range, kind, className, style, label }: SampleImageProps) {
  const theme = useThemeKey()
  const { low, high } = range
  const isPhotograph = kind !== undefined && showsPhotographs(kind)
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
      className={joinClasses(styles['image'], className)}
      style={style}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  )
}
