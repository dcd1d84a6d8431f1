/** A hidden page gets no frames, but its tab still tells how far the run is. */
const LONGEST_WAIT_MILLIS = 1_000

/** Calls back before the next frame, and after a second where none comes. */
export function nextFrame(act: () => void): void {
  const once = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    act()
  }
  const frame = requestAnimationFrame(once)
  const timer = setTimeout(once, LONGEST_WAIT_MILLIS)
}
