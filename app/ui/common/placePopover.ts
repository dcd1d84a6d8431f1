import { typePixels } from '../theme/typeScale'

const gap = 6
const margin = 8

/**
 * Places a popover at its button whenever it opens, and closes it when the page scrolls or changes size below it: it is
 * fixed to the window, so it would stay behind.
 * @param width wanted, in CSS pixels with usual type.
 * @returns ends it.
 */
export function followButton(popover: HTMLElement, button: HTMLElement, width: number): () => void {
  let whileOpen = new AbortController()
  const hide = () => popover.hidePopover()
  const hideOnScroll = (event: Event) => {
    if (!(event.target instanceof Node && popover.contains(event.target))) hide()
  }
  const onToggle = (event: Event) => {
    whileOpen.abort()
    if (!(event instanceof ToggleEvent && event.newState === 'open')) return
    whileOpen = new AbortController()
    const { signal } = whileOpen
    window.addEventListener('scroll', hideOnScroll, { capture: true, signal })
    window.addEventListener('resize', hide, { signal })
  }
  const place = () => placeAt(popover, button.getBoundingClientRect(), width)
  popover.addEventListener('beforetoggle', place)
  popover.addEventListener('toggle', onToggle)
  return () => {
    whileOpen.abort()
    popover.removeEventListener('beforetoggle', place)
    popover.removeEventListener('toggle', onToggle)
  }
}

/** Below the anchor, or above where there is more room, and inside the window. */
function placeAt({ style }: HTMLElement, anchor: DOMRect, wantedWidth: number): void {
  const width = Math.min(typePixels(wantedWidth), window.innerWidth - 2 * margin)
  const left = Math.max(margin, Math.min(anchor.left, window.innerWidth - width - margin))
  const roomBelow = window.innerHeight - anchor.bottom
  const opensBelow = roomBelow >= anchor.top
  style.setProperty('width', `${width}px`)
  style.setProperty('left', `${left}px`)
  style.setProperty('top', opensBelow ? `${anchor.bottom + gap}px` : 'auto')
  style.setProperty('bottom', opensBelow ? 'auto' : `${window.innerHeight - anchor.top + gap}px`)
  style.setProperty('max-height', `${(opensBelow ? roomBelow : anchor.top) - gap - margin}px`)
}
