import { useSyncExternalStore } from 'react'

/** Device pixels per CSS pixel; changes with zoom and when the window moves to another screen. */
export function usePixelRatio(): number {
  return useSyncExternalStore(subscribeToPixelRatio, () => window.devicePixelRatio || 1)
}

function subscribeToPixelRatio(listener: () => void): () => void {
  // A resolution query matches one ratio only, so it is asked anew after each change.
  let query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
  const changed = () => {
    query.removeEventListener('change', changed)
    query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    query.addEventListener('change', changed)
    listener()
  }
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/**
 * Gives the canvas one pixel per device pixel and returns its context, cleared and measured in CSS pixels. Sizes are
 * set only when they changed, because setting them throws away the drawing surface.
 */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  pixelRatio: number,
): CanvasRenderingContext2D | undefined {
  const context = canvas.getContext('2d')
  if (!context) return undefined
  const pixelWidth = Math.max(1, Math.round(width * pixelRatio))
  const pixelHeight = Math.max(1, Math.round(height * pixelRatio))
  if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
    canvas.width = pixelWidth
    canvas.height = pixelHeight
  }
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  context.clearRect(0, 0, width, height)
  return context
}
