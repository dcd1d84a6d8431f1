import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { formatCount } from '../common/format'
import styles from './WidthHandle.module.css'
import { widthAt, widthByKey, type WidthScale } from './widthScale'

interface WidthHandleProps {
  /** Of the layer: “hidden 2”. */
  readonly name: string
  /** As it would be if the handle were let go now. */
  readonly width: number
  /** As it is. */
  readonly committed: number
  /** What is counted. */
  readonly noun: 'unit' | 'channel'
  /** k, what the layer uses, where it is known. */
  readonly used: number | undefined
  readonly scale: WidthScale
  /** While the handle moves; undefined when that is over. */
  readonly onPreview: (width: number | undefined) => void
  /** Once, when the handle is let go or the key released. */
  readonly onWidth: (width: number) => void
}

interface Grab {
  readonly pointerId: number
  /** The track's left end, in CSS pixels of the window, moved by how far beside its middle the handle was taken. */
  readonly origin: number
  readonly trackPixels: number
  readonly marks: readonly number[]
}

/** The end of a usage bar, to be dragged: the layer's width at a glance, beside the mark of what it uses. */
export function WidthHandle(props: WidthHandleProps) {
  const { name, width, committed, noun, used, scale, onPreview, onWidth } = props
  const grab = useRef<Grab>(undefined)

  const finish = (chosen: number) => {
    grab.current = undefined
    onPreview(undefined)
    if (chosen !== committed) onWidth(chosen)
  }

  const cancel = () => {
    grab.current = undefined
    onPreview(undefined)
  }

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const track = event.currentTarget.parentElement?.getBoundingClientRect()
    if (event.button !== 0 || !track) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const offset = event.clientX - (track.left + scale.toLength(committed) * track.width)
    const marks = used === undefined ? [committed] : [committed, used]
    grab.current = { pointerId: event.pointerId, origin: track.left + offset, trackPixels: track.width, marks }
    onPreview(committed)
  }

  const pointedWidth = ({ pointerId, clientX, shiftKey }: PointerEvent): number | undefined => {
    if (grab.current?.pointerId !== pointerId) return undefined
    const { origin, trackPixels, marks } = grab.current
    return widthAt(clientX - origin, { scale, trackPixels, marks, fine: shiftKey })
  }

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const pointed = pointedWidth(event)
    if (pointed !== undefined) onPreview(pointed)
  }

  const onPointerUp = (event: PointerEvent<HTMLDivElement>) => {
    // Where it is let go, which may not have been drawn yet.
    const pointed = pointedWidth(event)
    if (pointed !== undefined) finish(pointed)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape' && (grab.current !== undefined || width !== committed)) {
      // Escape gives up the movement, not the drawer around it.
      event.preventDefault()
      event.stopPropagation()
      cancel()
    }
    const wanted = widthByKey(event.key, width, used, scale.most)
    if (wanted === undefined) return
    event.preventDefault()
    onPreview(wanted)
  }

  const onKeyUp = ({ key }: KeyboardEvent) => {
    // A held key starts one run when it is released, not one for every width on the way.
    if (!grab.current && widthByKey(key, width, used, scale.most) !== undefined) finish(width)
  }

  return (
    <div
      className={styles['handle']}
      // An input of type range has its own track and ends; this one stands at the end of a bar and goes beyond.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      title="Drag to change the width"
      aria-label={`${name}, width`}
      aria-valuemin={1}
      aria-valuemax={scale.most}
      aria-valuenow={width}
      aria-valuetext={`${formatCount(width)} ${noun}${width === 1 ? '' : 's'}${used === undefined ? '' : `, uses ${formatCount(used)}`}`}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={cancel}
      onKeyDown={onKeyDown}
      onKeyUp={onKeyUp}
      onBlur={() => !grab.current && finish(width)}
    />
  )
}
