import { createContext, useContext } from 'react'
import { readPageOptions, type HideablePart, type PageOptions } from './pageOptions'

/** How the address asked the page to look; without a provider the whole page. */
export const PageOptionsContext = createContext<PageOptions>(readPageOptions(''))

export function usePageOptions(): PageOptions {
  return useContext(PageOptionsContext)
}

/** Whether a part is to be seen. */
export function useIsShown(part: HideablePart): boolean {
  return !usePageOptions().hidden.has(part)
}
