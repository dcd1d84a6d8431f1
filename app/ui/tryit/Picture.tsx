import { useLayoutEffect, useMemo, useRef } from 'react'
import type { TensorShape } from '../../experiment/tensorShape'
import { picturePixels } from './mapColours'
import { paintSheet } from './paintSheet'
import { layoutSheet } from './sheetLayout'

interface PictureProps {
  /** [height, width, channels]. */
  readonly values: Float32Array
  readonly shape: TensorShape
  readonly range: readonly [low: number, high: number]
  /** About how large, CSS pixels. */
  readonly edge: number
  /** Left out where the text beside it says what it is. */
  readonly label?: string
}

/** A sample as it is, pixel by pixel. */
export function Picture({ values, shape, range, edge, label }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { height, width, channels } = shape
  const layout = useMemo(() => layoutSheet(1, { width, height }, edge, { edge }), [width, height, edge])
  useLayoutEffect(() => {
    if (canvas.current) paintSheet(canvas.current, layout, picturePixels(values, channels, range))
  }, [values, channels, range, layout])
  // Larger than there is room for, it is shown smaller than it is.
  const fitting = Math.min(1, edge / Math.max(layout.width, layout.height))
  return (
    <canvas
      ref={canvas}
      style={{ width: layout.width * fitting, height: layout.height * fitting }}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  )
}
