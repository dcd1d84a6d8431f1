import type { MouseEvent } from 'react'
import { methodHref, openMethod } from './methodRoute'

interface MethodLinkProps {
  readonly section?: string
  readonly className?: string | undefined
  readonly children?: string
}

/** Leads to the Method page: at once where it is clicked plainly, and like any link into a tab of its own. */
export function MethodLink({ section, className, children = 'Method' }: MethodLinkProps) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    openMethod(section)
  }
  return (
    <a href={methodHref(section)} className={className} onClick={open}>
      {children}
    </a>
  )
}
