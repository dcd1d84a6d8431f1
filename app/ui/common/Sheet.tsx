import type { ReactNode, RefObject } from 'react'
import { IconButton } from './Button'
import { joinClasses } from './joinClasses'
import styles from './Sheet.module.css'

interface SheetProps {
  /** To open it as a modal dialog, and to close it. */
  readonly ref: RefObject<HTMLDialogElement | null>
  /** Name for screen readers. */
  readonly label: string
  /** Where it lies and how large it is. */
  readonly className: string | undefined
  /** What its bar says; the bar stays while the rest scrolls. */
  readonly title: ReactNode
  /** Beside the button that closes it. */
  readonly tools?: ReactNode
  readonly closeLabel?: string
  /** Whether it can be focused itself, for text that is read on by the keyboard. */
  readonly isRead?: boolean
  readonly onClose?: () => void
  readonly children: ReactNode
}

/** A dialog over the page, which goes on behind it; closed by its button, by Escape, or by a click beside it. */
export function Sheet(props: SheetProps) {
  const { ref, label, className, title, tools, closeLabel = 'Close', isRead = false, onClose, children } = props
  return (
    <dialog
      ref={ref}
      className={joinClasses(styles['sheet'], className)}
      {...(isRead && { tabIndex: -1 })}
      aria-label={label}
      // A click beside it closes it, in browsers that know the attribute.
      closedby="any"
      onClose={onClose}
    >
      <header className={styles['bar']}>
        {title}
        <div className={styles['tools']}>
          {tools}
          <IconButton icon="close" label={closeLabel} shortcut="Escape" onClick={() => ref.current?.close()} />
        </div>
      </header>
      {children}
    </dialog>
  )
}
