import type { ReactNode } from 'react'
import type { HideablePart } from '../pageOptions'
import { useIsShown } from '../pageOptionsContext'

/** A part of the page that its address can leave out (`?hide=`). */
export function Hideable({ part, children }: { readonly part: HideablePart; readonly children: ReactNode }) {
  return useIsShown(part) ? children : null
}
