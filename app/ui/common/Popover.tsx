import { useEffect, useId, useRef, type ReactNode } from 'react'
import { followButton } from './placePopover'
import styles from './Popover.module.css'

interface PopoverProps {
  /** Name for screen readers, of the button as of what opens. */
  readonly label: string
  readonly trigger: ReactNode
  readonly triggerClassName?: string | undefined
  /** Shown on hover over the button. */
  readonly title?: string
  /** CSS pixels; narrower where the window is. */
  readonly width: number
  /** What opens; given the popover's id, so that a button in it can close it (`popoverTargetAction="hide"`). */
  readonly children: ReactNode | ((popoverId: string) => ReactNode)
  /** Id of the opened element, for code that opens it by other means. */
  readonly id?: string
  /** Called when it opened and when it closed. */
  readonly onToggle?: (isOpen: boolean) => void
}

/** A button and what it opens. The browser's popover gives the top layer, Escape, a click outside, and focus returned. */
export function Popover({ label, trigger, triggerClassName, title, width, children, id, onToggle }: PopoverProps) {
  const ownId = useId()
  const popoverId = id ?? ownId
  const button = useRef<HTMLButtonElement>(null)
  const body = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    if (body.current && button.current) return followButton(body.current, button.current, width)
    return undefined
  }, [width])

  return (
    <>
      <button
        ref={button}
        type="button"
        className={triggerClassName}
        popoverTarget={popoverId}
        aria-label={label}
        title={title}
      >
        {trigger}
      </button>
      <dialog
        ref={body}
        id={popoverId}
        popover="auto"
        aria-label={label}
        className={styles['popover']}
        onToggle={(event) => onToggle?.(event.newState === 'open')}
      >
        {typeof children === 'function' ? children(popoverId) : children}
      </dialog>
    </>
  )
}
