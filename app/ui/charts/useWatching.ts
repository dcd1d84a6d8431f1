import { useEffect, useState } from 'react'

/** Who only scrolls past asks for nothing, and a panel that was just built does not know yet whether it is in sight. */
const millisBeforeWatching = 200

/**
 * Whether somebody has been able to see a panel for a moment: then it is worth computing something for it.
 * @param isLive whether it can be seen (`useVisible`).
 */
export function useWatching(isLive: boolean): boolean {
  const [isWatching, setWatching] = useState(false)
  useEffect(() => {
    if (!isLive) return undefined
    const timer = setTimeout(() => setWatching(true), millisBeforeWatching)
    return () => {
      clearTimeout(timer)
      setWatching(false)
    }
  }, [isLive])
  return isWatching
}
