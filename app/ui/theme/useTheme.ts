import { useLayoutEffect } from 'react'
import type { View } from '../../runs/state'
import { recall, remember } from '../common/memory'
import { usePage } from '../pageContext'

/** The theme chosen at the last visit. */
export function lastTheme(): View['theme'] {
  const theme = recall('theme')
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Puts the chosen theme on the document; `system` leaves it to the media query in tokens.css. */
export function useTheme(): void {
  const theme = usePage((state) => state.view.theme)
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset['theme']
    else dataset['theme'] = theme
    remember('theme', theme)
  }, [theme])
}
