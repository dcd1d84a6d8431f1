import type { KeyboardEvent } from 'react'

/** Up and down arrows go round the buttons of a list, beside Tab, which goes on through the page. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const direction = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (direction === 0 || event.altKey || !(event.target instanceof HTMLButtonElement)) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:enabled')]
  const next = buttons.indexOf(event.target) + direction
  event.preventDefault()
  buttons.at(next % buttons.length)?.focus()
}
