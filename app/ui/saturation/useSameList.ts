import { useState } from 'react'

/** The list as it was first given, for as long as its elements are the same: what is derived from it need not be made anew. */
export function useSameList<Element>(list: readonly Element[]): readonly Element[] {
  const [kept, keep] = useState(list)
  if (kept.length === list.length && kept.every((element, index) => element === list[index])) return kept
  keep(list)
  return list
}
