import { useLayoutEffect, useState, type RefObject } from 'react'

export interface ElementSize {
  /** CSS pixels, whole: fractions would make canvas edges blurred. */
  readonly width: number
  readonly height: number
}

/** Inner size of the element, kept up to date; undefined until it was laid out once. */
export function useElementSize(element: RefObject<HTMLElement | null>): ElementSize | undefined {
  const [size, setSize] = useState<ElementSize>()
  useLayoutEffect(() => {
    const node = element.current
    if (!node) return undefined
    const measure = (width: number, height: number) => {
      const next = { width: Math.floor(width), height: Math.floor(height) }
      setSize((current) => (current?.width === next.width && current.height === next.height ? current : next))
    }
    measure(node.clientWidth, node.clientHeight)
    const observer = new ResizeObserver(([entry]) => {
      if (entry) measure(entry.contentRect.width, entry.contentRect.height)
    })
    observer.observe(node)
    return () => observer.disconnect()
  }, [element])
  return size
}
