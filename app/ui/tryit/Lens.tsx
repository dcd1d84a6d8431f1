import { useLayoutEffect, useMemo, useRef } from 'react'
import { paintSheet } from './paintSheet'
import { layoutSheet, tilePlace, type SheetLayout } from './sheetLayout'
import styles from './tryIt.module.css'

interface LensProps {
  readonly layout: SheetLayout
  readonly pixels: Uint32Array<ArrayBuffer>
  readonly index: number
  readonly isLower: boolean
  readonly name: string
  readonly text: string
}

/** About how large a picture is under the lens, and the room that the lens takes, CSS pixels. */
const pictureEdge = 120
const lensWidth = 152
const distance = 6

/** One tile, larger, beside where it is; the slider it belongs to says the same in words. */
export function Lens({ layout, pixels, index, isLower, name, text }: LensProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { source, tile, width, height } = layout
  const large = useMemo(
    () => layoutSheet(1, { width: source.width, height: source.height }, pictureEdge, { edge: pictureEdge }),
    [source.width, source.height],
  )
  useLayoutEffect(() => {
    const area = source.width * source.height
    if (canvas.current) paintSheet(canvas.current, large, pixels.slice(index * area, (index + 1) * area))
  }, [pixels, index, large, source.width, source.height])
  const { left, top } = tilePlace(layout, index)
  const middle = left + tile.width / 2 - lensWidth / 2
  const place = isLower ? { bottom: height - top + distance } : { top: top + tile.height + distance }
  return (
    <div
      className={styles['lens']}
      style={{
        ...place,
        width: lensWidth,
        left: Math.max(0, Math.min(middle, Math.max(width, lensWidth) - lensWidth)),
      }}
      aria-hidden="true"
    >
      <canvas ref={canvas} style={{ width: large.width, height: large.height }} />
      <p>{name}</p>
      <p>{text}</p>
    </div>
  )
}
