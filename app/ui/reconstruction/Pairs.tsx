import { memo, useCallback, useMemo } from 'react'
import type { DataKind } from '../../experiment/dataSpec'
import type { TensorShape } from '../../experiment/tensorShape'
import type { PictureSummary, Reconstruction } from '../../runs/state'
import { formatMeasure } from '../charts/numbers'
import { useThemeKey } from '../charts/theme'
import { inkOf, toImage, valueRange, type ValueRange } from '../common/sampleImage'
import { visuallyHidden } from '../common/visuallyHidden'
import styles from './reconstruction.module.css'

interface PairsProps {
  readonly kind: DataKind
  readonly shape: TensorShape
  readonly pictures: PictureSummary
  /** Undefined before the first was made. */
  readonly reconstruction: Reconstruction | undefined
}

/** Samples side by side, each above its reconstruction, all on the samples' own scale. */
export const Pairs = memo(function Pairs({ kind, shape, pictures, reconstruction }: PairsProps) {
  const { rows, inputs, part } = pictures
  const range = useMemo(() => valueRange(inputs), [inputs])
  const look = { shape, range, isPhotograph: kind === 'images' || kind === 'cifar10' }
  const features = inputs.length / rows.length
  const partOf = (values: Float32Array, place: number) => values.subarray(place * features, (place + 1) * features)
  return (
    <div className={styles['room']}>
      <ul className={styles['pairs']}>
        {rows.map((row, place) => {
          const error = reconstruction?.errors[place]
          return (
            <li key={row} className={styles['pair']}>
              <Picture {...look} label={`${part} sample ${place + 1}`} pixels={partOf(inputs, place)} />
              <Picture
                {...look}
                label={`reconstruction of sample ${place + 1}`}
                pixels={reconstruction && partOf(reconstruction.values, place)}
              />
              <span className={styles['error']}>
                <span className={visuallyHidden}>mean squared error </span>
                {error === undefined ? '–' : formatMeasure(error)}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
})

interface PictureProps {
  readonly label: string
  readonly shape: TensorShape
  readonly range: ValueRange
  readonly isPhotograph: boolean
  /** [height, width, channels]; undefined leaves it empty. */
  readonly pixels: Float32Array | undefined
}

function Picture({ label, shape, range, isPhotograph, pixels }: PictureProps) {
  const theme = useThemeKey()
  const draw = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas || !pixels) return
      const ink = isPhotograph ? undefined : inkOf(canvas)
      canvas.getContext('2d')?.putImageData(toImage(pixels, shape, range, ink), 0, 0)
    },
    [pixels, shape, range, isPhotograph],
  )
  return (
    <figure aria-label={label} className={styles['frame']}>
      {/* The ink is the theme's, so another theme gets another canvas. */}
      <canvas key={theme} ref={draw} width={shape.width} height={shape.height} className={styles['picture']} />
    </figure>
  )
}
