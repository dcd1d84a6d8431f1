import { useCallback, useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react'
import { dragRow, edgeScroll, insertionMark, type RowDrag, type RowPlace } from './rowPlaces'

interface Grab {
  readonly from: number
  readonly places: readonly RowPlace[]
  /** Where the pointer took the row, CSS pixels from the list's top: what scrolls meanwhile scrolls both. */
  readonly start: number
  readonly scroller: Element | undefined
  pointerY: number
}

interface RowDragging {
  readonly drag: RowDrag | undefined
  /** CSS pixels from the list's top at which the row would be inserted. */
  readonly mark: number | undefined
  /** To be spread on the part of a row that it is dragged by. */
  readonly gripOf: (index: number) => {
    onPointerDown(event: PointerEvent<HTMLElement>): void
    onPointerMove(event: PointerEvent<HTMLElement>): void
    onPointerUp(event: PointerEvent<HTMLElement>): void
    onPointerCancel(): void
  }
}

/**
 * Rows of a list dragged to another place: the list keeps its layout until the row is let go, so that nothing jumps
 * under the hand. Escape gives up.
 * @param count how many rows, from the first, can change places.
 */
export function useRowDrag(
  list: RefObject<HTMLElement | null>,
  count: number,
  onMove: (from: number, to: number) => void,
): RowDragging {
  const grab = useRef<Grab>(undefined)
  const [drag, setDrag] = useState<RowDrag>()
  const [places, setPlaces] = useState<readonly RowPlace[]>([])

  const follow = useCallback((): RowDrag | undefined => {
    if (!grab.current || !list.current) return undefined
    const { from, places, start, pointerY } = grab.current
    const next = dragRow(places, from, pointerY - list.current.getBoundingClientRect().top - start)
    setDrag(next)
    return next
  }, [list])
  const cancel = useCallback(() => {
    grab.current = undefined
    setDrag(undefined)
  }, [])

  const isDragging = drag !== undefined
  useEffect(() => {
    if (!isDragging) return undefined
    let frame = 0
    const scrollAtEdge = () => {
      const { scroller, pointerY } = grab.current ?? {}
      if (scroller && pointerY !== undefined) {
        const before = scroller.scrollTop
        scroller.scrollTop += edgeScroll(pointerY, scroller.getBoundingClientRect())
        if (scroller.scrollTop !== before) follow()
      }
      frame = requestAnimationFrame(scrollAtEdge)
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // It gives up the movement, not the drawer around the list.
      event.preventDefault()
      event.stopPropagation()
      cancel()
    }
    frame = requestAnimationFrame(scrollAtEdge)
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('keydown', onKeyDown, { capture: true })
    }
  }, [isDragging, follow, cancel])

  const take = (event: PointerEvent<HTMLElement>, from: number) => {
    if (event.button !== 0 || !list.current) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const measured = measureRows(list.current, count)
    const { top } = list.current.getBoundingClientRect()
    const scroller = findScroller(list.current)
    grab.current = { from, places: measured, start: event.clientY - top, scroller, pointerY: event.clientY }
    setPlaces(measured)
    follow()
  }

  return {
    drag,
    mark: drag && insertionMark(places, drag),
    gripOf: (index) => ({
      onPointerDown: (event) => take(event, index),
      onPointerMove(event) {
        if (grab.current) grab.current.pointerY = event.clientY
        follow()
      },
      onPointerUp(event) {
        // Where it is let go, which may not have been drawn yet.
        if (grab.current) grab.current.pointerY = event.clientY
        const dropped = follow()
        cancel()
        if (dropped && dropped.to !== dropped.from) onMove(dropped.from, dropped.to)
      },
      onPointerCancel: cancel,
    }),
  }
}

function measureRows(list: HTMLElement, count: number): readonly RowPlace[] {
  const { top } = list.getBoundingClientRect()
  return [...list.children].slice(0, count).map((row) => {
    const box = row.getBoundingClientRect()
    return { top: box.top - top, height: box.height }
  })
}

/** The nearest ancestor that scrolls up and down. */
function findScroller(element: Element): Element | undefined {
  for (let ancestor = element.parentElement; ancestor; ancestor = ancestor.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(ancestor).overflowY)) return ancestor
  }
  return undefined
}
