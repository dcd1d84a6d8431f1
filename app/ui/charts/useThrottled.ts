import { useEffect, useRef, useState } from 'react'

/** The value, but changing at most every `intervalMillis`: screen readers must not be talked over. */
export function useThrottled<Value>(value: Value, intervalMillis: number): Value {
  const [shown, setShown] = useState(value)
  const changedAt = useRef(-Infinity)
  useEffect(() => {
    if (Object.is(shown, value)) return undefined
    const wait = Math.max(0, changedAt.current + intervalMillis - performance.now())
    const timer = setTimeout(() => {
      changedAt.current = performance.now()
      setShown(value)
    }, wait)
    return () => clearTimeout(timer)
  }, [value, shown, intervalMillis])
  return shown
}
