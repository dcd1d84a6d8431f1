import { memo, useMemo, type ComponentProps } from 'react'
import type { DataKind } from '../../experiment/dataSpec'
import type { TensorShape } from '../../experiment/tensorShape'
import type { PictureSummary, Reconstruction } from '../../runs/state'
import { formatMeasure } from '../charts/numbers'
import { SampleImage } from '../common/SampleImage'
import { valueRange } from '../common/sampleImage'
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
  const look = { shape, range, kind }
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

interface PictureProps extends Omit<ComponentProps<typeof SampleImage>, 'label'> {
  readonly label: string
}

function Picture({ label, ...image }: PictureProps) {
  return (
    <figure aria-label={label} className={styles['frame']}>
      <SampleImage {...image} />
    </figure>
  )
}
