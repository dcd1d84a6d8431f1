import { useLayoutEffect } from 'react'
import { usePage } from '../pageContext'

/** Puts the chosen theme on the document; `system` leaves it to the media query in tokens.css. */
export function useTheme(): void {
  const theme = usePage((state) => state.view.theme)
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    if (theme === 'system') delete dataset['theme']
    else dataset['theme'] = theme
  }, [theme])
}
