import { useEffect, useRef, useState } from 'react'

/**
 * What `make` returns, made anew at most every `intervalMillis` while `make` keeps changing: screen readers must not
 * be talked over, and nobody reads a text ten times a second.
 */
export function useThrottled(make: () => string, intervalMillis: number): string {
  const [shown, setShown] = useState(make)
  const newest = useRef(make)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    newest.current = make
    // A timer under way will tell the newest; the first change after silence is told at the next turn.
    if (timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      setShown(newest.current())
    }, intervalMillis)
  }, [make, intervalMillis])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return shown
}
