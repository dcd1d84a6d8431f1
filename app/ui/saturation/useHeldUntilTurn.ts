import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { inTurn } from '../common/inTurn'

/**
 * `props` as they come, but when `key` changes as they last were until it is this component's turn; undefined before the
 * first turn. Several components that change at once so do it one after the other, and the page stays responsive.
 */
export function useHeldUntilTurn<Props extends object>(props: Props, key: string): Props | undefined {
  const [current, setCurrent] = useState<string>()
  const [held, hold] = useState<Props>()
  const isCurrent = current === key
  if (isCurrent && held !== props) hold(props)
  useEffect(() => {
    if (isCurrent) return undefined
    // At once: left to React, those whose turn comes soon after would be rendered together.
    return inTurn(() => flushSync(() => setCurrent(key)))
  }, [isCurrent, key])
  return isCurrent ? props : held
}
