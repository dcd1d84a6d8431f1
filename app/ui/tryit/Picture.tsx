import type { TensorShape } from '../../experiment/tensorShape'
import { activeRun } from '../../runs/contenders'
import { SampleImage } from '../common/SampleImage'
import { usePage } from '../pageContext'

interface PictureProps {
  /** [height, width, channels]. */
  readonly values: Float32Array
  readonly shape: TensorShape
  readonly range: readonly [low: number, high: number]
  /** The longer one, CSS pixels. */
  readonly edge: number
  /** Left out where the text beside it says what it is. */
  readonly label?: string
}

/** A sample as it is, pixel by pixel. */
export function Picture({ values, shape, range: [low, high], edge, label }: PictureProps) {
  const kind = usePage((state) => activeRun(state)?.spec.data.kind)
  const { height, width } = shape
  const zoom = edge / Math.max(height, width)
  return (
    <SampleImage
      pixels={values}
      shape={shape}
      range={{ low, high }}
      kind={kind}
      style={{ width: zoom * width, height: zoom * height }}
      {...(label !== undefined && { label })}
    />
  )
}
