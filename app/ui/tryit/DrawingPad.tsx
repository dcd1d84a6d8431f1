import { useId, useLayoutEffect, useRef, type PointerEvent } from 'react'
import { showsPhotographs } from '../../experiment/dataKinds'
import type { TensorShape } from '../../experiment/tensorShape'
import { activeRun } from '../../runs/contenders'
import type { InspectedSample } from '../../runs/state'
import { prepareCanvas, usePixelRatio } from '../charts/canvas'
import { tokensOf, useThemeKey } from '../charts/theme'
import { cssColour } from '../charts/viridis'
import { Button } from '../common/Button'
import { usePage } from '../pageContext'
import { paintStrokes } from './paintStrokes'
import { addPoint } from './strokes'
import styles from './tryIt.module.css'

type Drawing = Extract<InspectedSample, { kind: 'drawn' }>

interface DrawingPadProps {
  readonly drawing: Drawing
  /** Of the data's pictures. */
  readonly shape: TensorShape
  readonly onDraw: (drawing: Drawing) => void
}

/** Longer edge of the pad, CSS pixels. */
const padEdge = 212

/** Drawn on as the samples are shown: in ink, or in light of any colour. For pointers; samples are there for all. */
export function DrawingPad({ drawing, shape, onDraw }: DrawingPadProps) {
  const colourId = useId()
  const canvas = useRef<HTMLCanvasElement>(null)
  const pixelRatio = usePixelRatio()
  const longest = Math.max(shape.height, shape.width)
  const width = (padEdge * shape.width) / longest
  const height = (padEdge * shape.height) / longest
  const { strokes, ink } = drawing
  const theme = useThemeKey()
  const kind = usePage((state) => activeRun(state)?.spec.data.kind)
  const isInk = shape.channels < 3 && !(kind !== undefined && showsPhotographs(kind))
  useLayoutEffect(() => {
    const context = canvas.current && prepareCanvas(canvas.current, width, height, pixelRatio)
    if (!context) return
    const inInk = { ground: 'transparent', pen: tokensOf(theme)('--ink') }
    const inLight = { ground: '#000000', pen: cssColour(toRgb(ink)) }
    paintStrokes(context, { width, height }, strokes, isInk ? inInk : inLight)
  }, [strokes, ink, isInk, theme, width, height, pixelRatio])

  const pointsOf = ({ nativeEvent, currentTarget }: PointerEvent<HTMLCanvasElement>) => {
    const box = currentTarget.getBoundingClientRect()
    const events = nativeEvent.getCoalescedEvents?.() ?? []
    return (events.length > 0 ? events : [nativeEvent]).map(
      ({ clientX, clientY }) => [(clientX - box.left) / box.width, (clientY - box.top) / box.height] as const,
    )
  }
  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    onDraw({
      ...drawing,
      strokes: [
        ...strokes,
        ...pointsOf(event)
          .slice(0, 1)
          .map(([x, y]) => [x, y]),
      ],
    })
  }
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const last = strokes.at(-1)
    if (!last || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const longer = pointsOf(event).reduce(addPoint, last)
    if (longer !== last) onDraw({ ...drawing, strokes: [...strokes.slice(0, -1), longer] })
  }
  return (
    <>
      <canvas
        ref={canvas}
        className={styles['pad']}
        style={{ width, height }}
        // What is drawn on is no picture from a file.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="img"
        aria-label={describePad(strokes.length)}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
      />
      <div className={styles['turning']}>
        {shape.channels === 3 && (
          <>
            <label htmlFor={colourId}>Pen</label>
            <input
              id={colourId}
              type="color"
              className={styles['colour']}
              value={toHex(ink)}
              onChange={({ target }) => onDraw({ ...drawing, ink: fromHex(target.value) })}
            />
          </>
        )}
        <Button disabled={strokes.length === 0} onClick={() => onDraw({ ...drawing, strokes: strokes.slice(0, -1) })}>
          Take back
        </Button>
        <Button disabled={strokes.length === 0} onClick={() => onDraw({ ...drawing, strokes: [] })}>
          Clear
        </Button>
      </div>
    </>
  )
}

function describePad(strokes: number): string {
  if (strokes === 0) return 'Pad to draw on, empty'
  return `Pad to draw on, ${strokes} ${strokes === 1 ? 'stroke' : 'strokes'}`
}

function toRgb(ink: Drawing['ink']): Drawing['ink'] {
  const [red, green, blue] = ink
  return [Math.round(red * 255), Math.round(green * 255), Math.round(blue * 255)]
}

function toHex(ink: Drawing['ink']): string {
  return `#${toRgb(ink)
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`
}

function fromHex(hex: string): Drawing['ink'] {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255
  return [part(1), part(3), part(5)]
}
