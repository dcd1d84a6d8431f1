import { useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { Lens } from './Lens'
import { paintSheet } from './paintSheet'
import { tileAt, tileByKey, type SheetLayout } from './sheetLayout'
import styles from './tryIt.module.css'

interface TileSheetProps {
  readonly label: string
  readonly layout: SheetLayout
  /** Tile after tile, each row by row. */
  readonly pixels: Uint32Array<ArrayBuffer>
  /** The lens opens upwards. */
  readonly isLower: boolean
  readonly describe: (tile: number) => { readonly name: string; readonly text: string }
}

/**
 * Small pictures on one canvas. The one that is pointed at, or that arrow keys moved to, is shown larger: to assistive
 * technology the sheet is a slider over them.
 */
export function TileSheet({ label, layout, pixels, isLower, describe }: TileSheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [pointed, setPointed] = useState<number>()
  const [focused, setFocused] = useState(0)
  const [hasFocus, setFocus] = useState(false)
  useLayoutEffect(() => {
    if (canvas.current) paintSheet(canvas.current, layout, pixels)
  }, [layout, pixels])

  const current = Math.min(focused, layout.count - 1)
  const looked = pointed !== undefined && pointed < layout.count ? pointed : hasFocus ? current : undefined
  const point = ({ nativeEvent }: PointerEvent) => {
    const tile = tileAt(layout, nativeEvent.offsetX, nativeEvent.offsetY)
    setPointed(tile)
    return tile
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const tile = tileByKey(layout, event.key, current)
    if (tile === undefined) return
    event.preventDefault()
    setFocused(tile)
    // Keys lead on from there, wherever the pointer was left.
    setPointed(undefined)
    setFocus(true)
  }
  const { name, text } = describe(looked ?? current)
  return (
    <div
      className={styles['sheet']}
      style={{ width: layout.width, height: layout.height }}
      // An input of type range has one axis; this has rows of tiles that are pointed at.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={1}
      aria-valuemax={layout.count}
      aria-valuenow={current + 1}
      aria-valuetext={`${name}: ${text}`}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocus(event.currentTarget.matches(':focus-visible'))}
      onBlur={() => setFocus(false)}
      onPointerMove={point}
      onPointerDown={(event) => {
        const tile = point(event)
        if (tile !== undefined) setFocused(tile)
      }}
      onPointerLeave={(event) => event.pointerType === 'mouse' && setPointed(undefined)}
    >
      <canvas ref={canvas} style={{ width: layout.width, height: layout.height }} aria-hidden="true" />
      {looked !== undefined && <Lens {...{ layout, pixels, isLower, name, text }} index={looked} />}
    </div>
  )
}
