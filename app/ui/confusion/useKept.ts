import { useState } from 'react'

/** A value and a way to take it anew. */
interface Kept<Value> {
  readonly value: Value
  readonly renew: () => void
}

/** What `take` gave when the key last changed, or was renewed: what people are busy with does not change under them. */
export function useKept<Value>(key: string, take: () => Value): Kept<Value> {
  const [kept, setKept] = useState(() => ({ key, value: take() }))
  const renew = (): void => setKept({ key, value: take() })
  if (kept.key === key) return { value: kept.value, renew }
  // Rendered again at once, before anybody sees it.
  renew()
  return { value: take(), renew }
}
